import {
  derElement,
  derInteger,
  DerTag,
  readCertificate,
  serializeIdentity,
  toLowS,
  utf8,
} from '@passage/ledger';
import { nodeKey } from './node-key.js';
import type { Caller } from '@passage/domain';
import type { Organization, Signatory } from '@passage/ledger/generator';

const { BIT_STRING, OCTET_STRING, OID, SEQUENCE, SET, UTC_TIME } = DerTag;
const UTF8_STRING = 0x0c;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

const oid = (hex: string): Uint8Array => derElement(OID, Buffer.from(hex, 'hex'));
const ECDSA_WITH_SHA256 = derElement(SEQUENCE, oid('2a8648ce3d040302'));
const [ORGANIZATIONAL_UNIT, COMMON_NAME] = [oid('55040b'), oid('550403')];
const BASIC_CONSTRAINTS = oid('551d13');
/** 1.2.3.4.5.6.7.8.1: where Fabric's CA writes attributes. */
const ATTRIBUTES = oid('2a03040506070801');
const VALIDITY = derElement(
  SEQUENCE,
  derElement(UTC_TIME, utf8('200101000000Z')),
  derElement(UTC_TIME, utf8('491231235959Z')),
);

/** Somebody with a certificate of an organisation that says what the caller is, as the organisation's CA would issue it. */
export function enrolled(
  { ca, mspId }: Organization,
  { admin, partyId, role }: Caller,
  serial: number,
): Signatory {
  const key = nodeKey();
  const attrs = {
    ...(partyId !== undefined && { 'passage.party': partyId }),
    ...(role !== undefined && { 'passage.role': role }),
  };
  const unit = derElement(SET, derElement(SEQUENCE, ORGANIZATIONAL_UNIT, text(admin ? 'admin' : 'client')));
  const name = derElement(SET, derElement(SEQUENCE, COMMON_NAME, text(partyId ?? `admin.${mspId}`)));
  const content = derElement(
    SEQUENCE,
    derElement(VERSION, derInteger(2)),
    derInteger(serial),
    ECDSA_WITH_SHA256,
    ca.certificate.subject,
    VALIDITY,
    derElement(SEQUENCE, unit, name),
    key.publicKeyInfo,
    derElement(
      EXTENSIONS,
      derElement(
        SEQUENCE,
        extension(BASIC_CONSTRAINTS, derElement(SEQUENCE)),
        extension(ATTRIBUTES, utf8(JSON.stringify({ attrs }))),
      ),
    ),
  );
  const signature = derElement(BIT_STRING, Uint8Array.of(0), ca.sign(content));
  const { raw } = readCertificate(derElement(SEQUENCE, content, ECDSA_WITH_SHA256, signature));
  const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(raw).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return {
    identity: serializeIdentity(mspId, utf8(pem)),
    sign: (message) => toLowS(key.sign(message), 'P-256'),
  };
}

function text(value: string): Uint8Array {
  return derElement(UTF8_STRING, utf8(value));
}

function extension(id: Uint8Array, value: Uint8Array): Uint8Array {
  return derElement(SEQUENCE, id, derElement(OCTET_STRING, value));
}
