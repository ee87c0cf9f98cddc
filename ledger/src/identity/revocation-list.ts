import { DerReader, DerTag, oidText, toHex } from '../codec/index.js';
import { readAuthorityKeyIdentifier, readExtensions } from './extensions.js';
import { readPem } from './pem.js';
import type { SignedByCa } from './certificate-signature.js';

/** A certificate revocation list (RFC 5280 section 5), as far as an MSP looks at it. */
export interface RevocationList extends SignedByCa {
  readonly authorityKeyIdentifier?: Uint8Array;
  /** Serial numbers as in `Certificate.serialNumber`. */
  readonly revoked: ReadonlySet<string>;
}

const EXTENSIONS_TAG = 0xa0;

/**
 * Reads a revocation list from PEM or DER. The signature is not checked here.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE
 */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const outer = new DerReader(readPem(bytes)?.content ?? bytes);
  const list = outer.enter(DerTag.SEQUENCE);
  const signed = list.expect(DerTag.SEQUENCE);
  const signatureAlgorithm = oidText(list.enter(DerTag.SEQUENCE).expect(DerTag.OID).content) ?? '';
  const signature = list.bitString();
  return { signedPart: signed.raw, signatureAlgorithm, signature, ...readSignedPart(signed.content) };
}

function readSignedPart(content: Uint8Array): Pick<RevocationList, 'authorityKeyIdentifier' | 'revoked'> {
  const fields = new DerReader(content);
  fields.optional(DerTag.INTEGER); // version
  fields.expect(DerTag.SEQUENCE); // algorithm
  fields.expect(DerTag.SEQUENCE); // issuer
  fields.next(); // this update
  if (fields.nextTag === DerTag.UTC_TIME || fields.nextTag === DerTag.GENERALIZED_TIME) fields.next();
  const revoked = new Set<string>();
  const entries = new DerReader(fields.optional(DerTag.SEQUENCE)?.content ?? new Uint8Array(0));
  while (!entries.atEnd) revoked.add(toHex(entries.enter(DerTag.SEQUENCE).integer()));
  const wrapped = fields.optional(EXTENSIONS_TAG);
  const extensions = wrapped && readExtensions(new DerReader(wrapped.content).enter(DerTag.SEQUENCE));
  const authorityKeyIdentifier = extensions && readAuthorityKeyIdentifier(extensions);
  return { revoked, ...(authorityKeyIdentifier && { authorityKeyIdentifier }) };
}
