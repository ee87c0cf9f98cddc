import { importPublicKey } from '#crypto';
import { DerReader, DerTag, derElement, oidText, toHex } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { NameOid, readName } from './distinguished-name.js';
import {
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
  readSubjectKeyIdentifier,
} from './extensions.js';
import { readPem } from './pem.js';
import { readTime } from './x509-time.js';
import type { PublicKey } from '#crypto';
import type { DerElement } from '../codec/index.js';
import type { BasicConstraints, Extensions } from './extensions.js';

/** An X.509 certificate (RFC 5280), as far as an MSP looks at it. */
export interface Certificate {
  /** The whole certificate, DER. */
  readonly raw: Uint8Array;
  /** The part that is signed, DER. */
  readonly signedPart: Uint8Array;
  readonly version: number;
  /** Hexadecimal digits of the INTEGER's contents. */
  readonly serialNumber: string;
  /** Names as DER: two are the same if their bytes are. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly commonName: string;
  readonly organizationalUnits: readonly string[];
  /** Seconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  readonly publicKeyInfo: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  readonly extensions: Extensions;
  readonly basicConstraints?: BasicConstraints;
  /** Bits of the key usage extension. */
  readonly keyUsage?: ReadonlySet<number>;
  readonly extendedKeyUsage?: readonly string[];
  readonly subjectKeyIdentifier?: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
}

const ContextTag = { VERSION: 0xa0, ISSUER_ID: 0x81, SUBJECT_ID: 0x82, EXTENSIONS: 0xa3 } as const;

/**
 * Reads a certificate from PEM, as MSPs and serialized identities carry it.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE
 */
export function readCertificatePem(pem: Uint8Array): Certificate {
  const block = readPem(pem);
  if (block === undefined) throw new LedgerError('MALFORMED_CERTIFICATE', 'no PEM block in it');
  return readCertificate(block.content);
}

/**
 * Reads a certificate from DER. The signature is not checked here.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE, also for a public key that Fabric does not know.
 */
export function readCertificate(raw: Uint8Array): Certificate {
  const outer = new DerReader(raw);
  const certificate = outer.enter(DerTag.SEQUENCE);
  outer.end();
  const signed = certificate.expect(DerTag.SEQUENCE);
  const signatureAlgorithm = readAlgorithm(certificate);
  const signature = certificate.bitString();
  certificate.end();
  return { raw, signedPart: signed.raw, signatureAlgorithm, signature, ...readSignedPart(signed) };
}

type SignedPart = Omit<Certificate, 'raw' | 'signedPart' | 'signatureAlgorithm' | 'signature'>;

function readSignedPart({ content }: DerElement): SignedPart {
  const fields = new DerReader(content);
  const versionField = fields.optional(ContextTag.VERSION);
  const version = 1 + (versionField ? (new DerReader(versionField.content).integer()[0] ?? 0) : 0);
  const serialNumber = toHex(fields.integer());
  readAlgorithm(fields);
  const issuer = fields.expect(DerTag.SEQUENCE).raw;
  const validity = fields.enter(DerTag.SEQUENCE);
  const [notBefore, notAfter] = [readTime(validity.next()), readTime(validity.next())];
  if (notBefore === undefined || notAfter === undefined) throw malformed('its validity is no pair of times');
  const subject = fields.expect(DerTag.SEQUENCE).raw;
  const publicKeyInfo = fields.expect(DerTag.SEQUENCE).raw;
  fields.optional(ContextTag.ISSUER_ID);
  fields.optional(ContextTag.SUBJECT_ID);
  const extensionsField = fields.optional(ContextTag.EXTENSIONS);
  fields.end();
  const extensions: Extensions = extensionsField
    ? readExtensions(new DerReader(extensionsField.content).enter(DerTag.SEQUENCE))
    : new Map();
  return {
    version,
    serialNumber,
    issuer,
    subject,
    ...readSubject(subject),
    notBefore,
    notAfter,
    publicKey: readPublicKey(publicKeyInfo),
    publicKeyInfo,
    extensions,
    ...readKnownExtensions(extensions),
  };
}

function readSubject(subject: Uint8Array): Pick<Certificate, 'commonName' | 'organizationalUnits'> {
  const attributes = readName(subject);
  const valuesOf = (wanted: string): string[] =>
    attributes.filter(({ oid }) => oid === wanted).map(({ value }) => value);
  return {
    commonName: valuesOf(NameOid.COMMON_NAME).at(-1) ?? '',
    organizationalUnits: valuesOf(NameOid.ORGANIZATIONAL_UNIT),
  };
}

function readKnownExtensions(extensions: Extensions): Partial<Certificate> {
  const basicConstraints = readBasicConstraints(extensions);
  const keyUsage = readKeyUsage(extensions);
  const extendedKeyUsage = readExtendedKeyUsage(extensions);
  const subjectKeyIdentifier = readSubjectKeyIdentifier(extensions);
  const authorityKeyIdentifier = readAuthorityKeyIdentifier(extensions);
  return {
    ...(basicConstraints && { basicConstraints }),
    ...(keyUsage && { keyUsage }),
    ...(extendedKeyUsage && { extendedKeyUsage }),
    ...(subjectKeyIdentifier && { subjectKeyIdentifier }),
    ...(authorityKeyIdentifier && { authorityKeyIdentifier }),
  };
}

function readAlgorithm(fields: DerReader): string {
  return oidText(fields.enter(DerTag.SEQUENCE).expect(DerTag.OID).content) ?? '';
}

function readPublicKey(publicKeyInfo: Uint8Array): PublicKey {
  const key = importPublicKey(publicKeyInfo);
  if (key === undefined) throw malformed('its public key is not one that Fabric knows');
  return key;
}

/** The same certificate with another signature on it. */
export function withSignature(certificate: Certificate, signature: Uint8Array): Certificate {
  const fields = new DerReader(certificate.raw).enter(DerTag.SEQUENCE);
  const parts = [fields.next().raw, fields.next().raw];
  const bits = derElement(DerTag.BIT_STRING, Uint8Array.of(0), signature);
  return { ...certificate, raw: derElement(DerTag.SEQUENCE, ...parts, bits), signature };
}

function malformed(why: string): LedgerError {
  return new LedgerError('MALFORMED_CERTIFICATE', `cannot use the certificate: ${why}`);
}
