import { bytesKey, equalBytes } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { chainsOf } from './chain.js';
import { withSignature } from './certificate.js';
import { hasSignatureOf, isEcdsaSigned, maySignCertificates } from './certificate-signature.js';
import { toLowS } from './ecdsa.js';
import type { Certificate } from './certificate.js';
import type { Chain, TrustedCas } from './chain.js';
import type { RevocationList } from './revocation-list.js';

/** What an MSP judges certificates by. */
export interface Trust extends TrustedCas {
  /** CAs that have issued other CAs, by their DER: those issue no identities. */
  readonly issuersOfCas: ReadonlySet<string>;
  readonly revocationLists: readonly RevocationList[];
}

/**
 * The one chain of a certificate. Several would leave open who vouches for it (msp/mspimpl.go,
 * getUniqueValidationChain).
 *
 * @throws LedgerError INVALID_IDENTITY
 */
export function uniqueChain(certificate: Certificate, cas: TrustedCas): Chain {
  const chains = chainsOf(certificate, cas);
  const [chain] = chains;
  if (chain === undefined) throw invalid('no chain leads from the certificate to a root of the MSP');
  if (chains.length > 1)
    throw invalid('more than one chain leads from the certificate to the roots of the MSP');
  return chain;
}

/**
 * The chain of an identity's certificate, which must not be a CA and whose issuer must not issue CAs
 * (msp/mspimpl.go, getValidationChain).
 *
 * @throws LedgerError INVALID_IDENTITY
 */
export function identityChain(certificate: Certificate, trust: Trust): Chain {
  if (certificate.basicConstraints?.isCa === true) throw invalid('the certificate of a CA is no identity');
  const chain = uniqueChain(certificate, trust);
  const issuer = chain[1];
  if (issuer === undefined) throw invalid('the certificate is a root itself');
  if (trust.issuersOfCas.has(bytesKey(issuer.raw))) {
    throw invalid('the certificate was issued by a CA that issues CAs');
  }
  return chain;
}

/**
 * Refuses a certificate that the CA above it has revoked. The date in the list does not matter: a revocation counts from
 * the moment the configuration holds it (msp/mspimplvalidate.go, validateCertAgainstChain).
 *
 * @throws LedgerError INVALID_IDENTITY
 */
export function refuseRevoked({ serialNumber }: Certificate, chain: Chain, trust: Trust): void {
  const issuer = chain[1];
  const keyIdentifier = issuer?.subjectKeyIdentifier;
  if (issuer === undefined || keyIdentifier === undefined) throw invalid('its CA has no key identifier');
  for (const list of trust.revocationLists) {
    if (list.authorityKeyIdentifier === undefined) throw invalid('a revocation list names no CA');
    const revokes = list.revoked.has(serialNumber) && equalBytes(list.authorityKeyIdentifier, keyIdentifier);
    if (revokes && hasSignatureOf(list, issuer)) throw invalid('the certificate has been revoked');
  }
}

/**
 * The certificate with its own signature brought to low S, so that it has one form only (msp/mspimpl.go, sanitizeCert).
 * This needs the issuer's key, and so the chain.
 *
 * @throws LedgerError INVALID_IDENTITY if the certificate was signed with ECDSA and has no chain.
 */
export function sanitized(certificate: Certificate, cas: TrustedCas): Certificate {
  if (!isEcdsaSigned(certificate)) return certificate;
  const isRoot = maySignCertificates(certificate) && hasSignatureOf(certificate, certificate);
  const issuer = isRoot ? certificate : uniqueChain(certificate, cas)[1];
  if (issuer?.publicKey.algorithm !== 'ECDSA') throw invalid('its issuer has no ECDSA key');
  const low = toLowS(certificate.signature, issuer.publicKey.curve);
  return low === certificate.signature ? certificate : withSignature(certificate, low);
}

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_IDENTITY', why);
}
