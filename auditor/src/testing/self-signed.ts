import { generateKeyPairSync, sign } from 'node:crypto';
import { derElement, derInteger, DerTag, utf8 } from '@passage/ledger';

const { BIT_STRING, BOOLEAN, OCTET_STRING, OID, SEQUENCE, SET, UTC_TIME } = DerTag;
const UTF8_STRING = 0x0c;
const explicit = (number: number): number => 0xa0 + number;

const ECDSA_WITH_SHA256 = derElement(
  SEQUENCE,
  derElement(OID, Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)),
);
const COMMON_NAME = derElement(OID, Uint8Array.of(0x55, 4, 3));
const SUBJECT_ALT_NAME = derElement(OID, Uint8Array.of(0x55, 0x1d, 0x11));
const BASIC_CONSTRAINTS = derElement(OID, Uint8Array.of(0x55, 0x1d, 0x13));

/** A certificate for localhost that vouches for itself (RFC 5280), with its key, both PEM: made anew for every test. */
export function selfSigned(): { certificate: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const commonName = derElement(SEQUENCE, COMMON_NAME, derElement(UTF8_STRING, utf8('localhost')));
  const name = derElement(SEQUENCE, derElement(SET, commonName));
  const year = new Date().getUTCFullYear() % 100;
  const validity = derElement(SEQUENCE, utcTime(year - 1), utcTime(year + 1));
  const isCa = derElement(BOOLEAN, Uint8Array.of(0xff));
  const localhost = derElement(0x82, utf8('localhost'));
  const extensions = derElement(
    SEQUENCE,
    extension(BASIC_CONSTRAINTS, derElement(SEQUENCE, isCa)),
    extension(SUBJECT_ALT_NAME, derElement(SEQUENCE, localhost)),
  );
  const toBeSigned = derElement(
    SEQUENCE,
    derElement(explicit(0), derInteger(2)),
    derInteger(1),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    derElement(explicit(3), extensions),
  );
  const signature = derElement(BIT_STRING, Uint8Array.of(0), sign('sha256', toBeSigned, privateKey));
  const certificate = Buffer.from(derElement(SEQUENCE, toBeSigned, ECDSA_WITH_SHA256, signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function utcTime(year: number): Uint8Array {
  return derElement(UTC_TIME, utf8(`${String(year).padStart(2, '0')}0601000000Z`));
}

function extension(oid: Uint8Array, value: Uint8Array): Uint8Array {
  return derElement(SEQUENCE, oid, derElement(OCTET_STRING, value));
}
