import { DerReader, DerTag, oidText } from '../codec/index.js';
import { LedgerError } from '../errors.js';

/** Extensions of certificates and revocation lists (RFC 5280 section 4.2), and the one of Fabric's CA. */
export const ExtensionOid = {
  SUBJECT_KEY_IDENTIFIER: '2.5.29.14',
  KEY_USAGE: '2.5.29.15',
  SUBJECT_ALT_NAME: '2.5.29.17',
  BASIC_CONSTRAINTS: '2.5.29.19',
  NAME_CONSTRAINTS: '2.5.29.30',
  AUTHORITY_KEY_IDENTIFIER: '2.5.29.35',
  EXTENDED_KEY_USAGE: '2.5.29.37',
  FABRIC_ATTRIBUTES: '1.2.3.4.5.6.7.8.1',
} as const;

export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export type Extensions = ReadonlyMap<string, Extension>;

const BOOLEAN_TRUE = 0xff;

/**
 * Reads a SEQUENCE OF Extension.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE, also if an extension stands there twice.
 */
export function readExtensions(sequence: DerReader): Extensions {
  const extensions = new Map<string, Extension>();
  while (!sequence.atEnd) {
    const fields = sequence.enter(DerTag.SEQUENCE);
    const oid = oidText(fields.expect(DerTag.OID).content) ?? '';
    const critical = fields.optional(DerTag.BOOLEAN)?.content[0] === BOOLEAN_TRUE;
    const value = fields.expect(DerTag.OCTET_STRING).content;
    if (extensions.has(oid))
      throw new LedgerError('MALFORMED_CERTIFICATE', `extension ${oid} stands there twice`);
    extensions.set(oid, { critical, value });
  }
  return extensions;
}

export interface BasicConstraints {
  readonly isCa: boolean;
  readonly maxPathLength?: number;
}

export function readBasicConstraints(extensions: Extensions): BasicConstraints | undefined {
  const extension = extensions.get(ExtensionOid.BASIC_CONSTRAINTS);
  if (extension === undefined) return undefined;
  const fields = new DerReader(extension.value).enter(DerTag.SEQUENCE);
  const isCa = fields.optional(DerTag.BOOLEAN)?.content[0] === BOOLEAN_TRUE;
  if (fields.nextTag !== DerTag.INTEGER) return { isCa };
  const maxPathLength = fields.integer().reduce((value, byte) => value * 0x100 + byte, 0);
  return { isCa, maxPathLength };
}

/** Bit numbers of the key usage extension. */
export const KeyUsage = { DIGITAL_SIGNATURE: 0, KEY_CERT_SIGN: 5, CRL_SIGN: 6 } as const;

/** The set bits, or undefined where there is no such extension, which allows everything. */
export function readKeyUsage(extensions: Extensions): ReadonlySet<number> | undefined {
  const extension = extensions.get(ExtensionOid.KEY_USAGE);
  if (extension === undefined) return undefined;
  const { content } = new DerReader(extension.value).expect(DerTag.BIT_STRING);
  const bits = [...content.subarray(1)].flatMap((byte, i) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte & (0x80 >> bit)) !== 0).map((bit) => 8 * i + bit),
  );
  return new Set(bits);
}

/** Object identifiers of the purposes, or undefined where there is no such extension. */
export function readExtendedKeyUsage(extensions: Extensions): readonly string[] | undefined {
  const extension = extensions.get(ExtensionOid.EXTENDED_KEY_USAGE);
  if (extension === undefined) return undefined;
  const purposes = new DerReader(extension.value).enter(DerTag.SEQUENCE);
  const oids: string[] = [];
  while (!purposes.atEnd) oids.push(oidText(purposes.expect(DerTag.OID).content) ?? '');
  return oids;
}

export function readSubjectKeyIdentifier(extensions: Extensions): Uint8Array | undefined {
  const extension = extensions.get(ExtensionOid.SUBJECT_KEY_IDENTIFIER);
  return extension && new DerReader(extension.value).expect(DerTag.OCTET_STRING).content;
}

const KEY_IDENTIFIER_TAG = 0x80;

export function readAuthorityKeyIdentifier(extensions: Extensions): Uint8Array | undefined {
  const extension = extensions.get(ExtensionOid.AUTHORITY_KEY_IDENTIFIER);
  return (
    extension && new DerReader(extension.value).enter(DerTag.SEQUENCE).optional(KEY_IDENTIFIER_TAG)?.content
  );
}
