import { DerTag, concatBytes, derElement, derInteger, derUnsigned, fromHex, utf8 } from '../codec/index.js';
import { readCertificate, toLowS } from '../identity/index.js';
import type { Sign } from '../block/index.js';
import type { Certificate } from '../identity/index.js';

/** A P-256 key that the caller made and keeps. */
export interface ChainKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  /** ECDSA over the SHA-256 of a message, DER; a high S is mended here. */
  readonly sign: Sign;
}

/** A certificate with the key that belongs to it. */
export interface Certified {
  readonly certificate: Certificate;
  readonly pem: Uint8Array;
  readonly sign: Sign;
}

/** How a certificate differs from its neighbours. */
export interface CertificateSubject {
  readonly commonName: string;
  /** The organizational unit that Fabric reads as a role; a CA has none. */
  readonly unit?: string;
  readonly serial: number;
  /** Whether it was over before the first block. */
  readonly expired?: boolean;
}

/** Certificates of generated chains hold from 2020 to 2049, but for those that are to be over when the chain begins. */
const validUntil = (end: string): Uint8Array =>
  derElement(
    DerTag.SEQUENCE,
    derElement(DerTag.UTC_TIME, utf8('200101000000Z')),
    derElement(DerTag.UTC_TIME, utf8(end)),
  );
const VALIDITY = { usual: validUntil('491231235959Z'), expired: validUntil('251231235959Z') };
const REVOKED_AT = derElement(DerTag.UTC_TIME, utf8('260101000000Z'));
/** `ecdsa-with-SHA256` (RFC 5758 section 3.2). */
const SIGNATURE_ALGORITHM = derElement(DerTag.SEQUENCE, oid('2a8648ce3d040302'));
/** keyCertSign and cRLSign, or digitalSignature (RFC 5280 section 4.2.1.3). */
const KEY_USAGE = { ca: Uint8Array.of(1, 0x06), other: Uint8Array.of(7, 0x80) };

/** A CA that vouches for itself. */
export function selfSigned(subject: CertificateSubject, key: ChainKey): Certified {
  return certify(subject, key, nameOf(subject), lowS(key.sign), true);
}

/** A certificate for a key, by a CA (RFC 5280 section 4.1). */
export function issueCertificate(issuer: Certified, subject: CertificateSubject, key: ChainKey): Certified {
  return certify(subject, key, issuer.certificate.subject, issuer.sign, false);
}

/** A revocation list of a CA, DER (RFC 5280 section 5.1). */
export function revocationList(issuer: Certified, revoked: readonly Certificate[]): Uint8Array {
  const authority = derElement(0x80, issuer.certificate.subjectKeyIdentifier ?? new Uint8Array());
  const serials = revoked.map(({ serialNumber }) =>
    derElement(DerTag.SEQUENCE, derUnsigned(fromHex(serialNumber)), REVOKED_AT),
  );
  const list = derElement(
    DerTag.SEQUENCE,
    derInteger(1),
    SIGNATURE_ALGORITHM,
    issuer.certificate.subject,
    REVOKED_AT,
    REVOKED_AT,
    derElement(DerTag.SEQUENCE, ...serials),
    derElement(
      0xa0,
      derElement(DerTag.SEQUENCE, extension('551d23', derElement(DerTag.SEQUENCE, authority))),
    ),
  );
  return signed(list, issuer.sign);
}

function certify(
  subject: CertificateSubject,
  key: ChainKey,
  issuerName: Uint8Array,
  issuerSign: Sign,
  isCa: boolean,
): Certified {
  const content = derElement(
    DerTag.SEQUENCE,
    derElement(0xa0, derInteger(2)),
    derInteger(subject.serial),
    SIGNATURE_ALGORITHM,
    issuerName,
    subject.expired === true ? VALIDITY.expired : VALIDITY.usual,
    nameOf(subject),
    key.publicKeyInfo,
    derElement(0xa3, derElement(DerTag.SEQUENCE, ...extensions(subject, isCa))),
  );
  const raw = signed(content, issuerSign);
  return { certificate: readCertificate(raw), pem: pemOf(raw), sign: lowS(key.sign) };
}

function lowS(sign: Sign): Sign {
  return (message) => toLowS(sign(message), 'P-256');
}

function signed(content: Uint8Array, sign: Sign): Uint8Array {
  const signature = derElement(DerTag.BIT_STRING, Uint8Array.of(0), sign(content));
  return derElement(DerTag.SEQUENCE, content, SIGNATURE_ALGORITHM, signature);
}

function nameOf({ commonName, unit }: CertificateSubject): Uint8Array {
  const attribute = (type: string, value: string): Uint8Array =>
    derElement(DerTag.SET, derElement(DerTag.SEQUENCE, oid(type), derElement(0x0c, utf8(value))));
  const units = unit === undefined ? [] : [attribute('55040b', unit)];
  return derElement(DerTag.SEQUENCE, ...units, attribute('550403', commonName));
}

function extensions({ serial, commonName }: CertificateSubject, isCa: boolean): Uint8Array[] {
  const constraints = isCa ? derElement(DerTag.BOOLEAN, Uint8Array.of(0xff)) : new Uint8Array();
  const usage = derElement(DerTag.BIT_STRING, isCa ? KEY_USAGE.ca : KEY_USAGE.other);
  const keyIdentifier = derElement(DerTag.OCTET_STRING, utf8(`${commonName} ${serial}`));
  return [
    extension('551d13', derElement(DerTag.SEQUENCE, constraints)),
    extension('551d0f', usage),
    extension('551d0e', keyIdentifier),
  ];
}

/** An extension by the hex of its object identifier. */
function extension(type: string, value: Uint8Array): Uint8Array {
  return derElement(DerTag.SEQUENCE, oid(type), derElement(DerTag.OCTET_STRING, value));
}

function oid(hex: string): Uint8Array {
  return derElement(DerTag.OID, fromHex(hex));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** PEM of a certificate (RFC 7468), in lines of 64 characters. */
function pemOf(der: Uint8Array): Uint8Array {
  let text = '';
  for (let at = 0; at < der.length; at += 3) {
    const [a = 0, b = 0, c = 0] = der.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (const shift of [18, 12, 6, 0]) text += BASE64[(bits >> shift) & 63] ?? '';
  }
  const padding = (3 - (der.length % 3)) % 3;
  const body = text.slice(0, text.length - padding) + '='.repeat(padding);
  const lines = body.replaceAll(/.{1,64}/g, '$&\n');
  return concatBytes(utf8('-----BEGIN CERTIFICATE-----\n'), utf8(lines), utf8('-----END CERTIFICATE-----\n'));
}
