import { equalBytes } from '../codec/index.js';
import { hasSignatureOf, maySignCertificates } from './certificate-signature.js';
import { ExtensionOid } from './extensions.js';
import type { Certificate } from './certificate.js';

/** The CAs that an MSP trusts. */
export interface TrustedCas {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
}

/** Leaf first, root last. */
export type Chain = readonly Certificate[];

/**
 * Every chain from a certificate up to a root, judged one second after the certificate's own NotBefore: an MSP does not
 * look at the clock (msp/mspimplvalidate.go, getValidityOptsForCert). The checks are those of Go's crypto/x509, Verify,
 * which finds every chain and not just one; a root is its own chain.
 */
export function chainsOf(leaf: Certificate, cas: TrustedCas): Chain[] {
  const time = leaf.notBefore + 1;
  if (!isUsable(leaf, time)) return [];
  if (cas.roots.some(({ raw }) => equalBytes(raw, leaf.raw))) return [[leaf]];
  return extend([leaf], cas, time).filter(allowsServers);
}

function extend(chain: Chain, cas: TrustedCas, time: number): Chain[] {
  const roots = cas.roots.filter((root) => mayFollow(root, chain, time));
  const intermediates = cas.intermediates.filter(
    (ca) => ca.basicConstraints?.isCa === true && mayFollow(ca, chain, time),
  );
  return [
    ...roots.map((root) => [...chain, root]),
    ...intermediates.flatMap((ca) => extend([...chain, ca], cas, time)),
  ];
}

function mayFollow(parent: Certificate, chain: Chain, time: number): boolean {
  const child = chain.at(-1);
  return (
    child !== undefined &&
    equalBytes(parent.subject, child.issuer) &&
    !chain.some((link) => isSameCa(link, parent)) &&
    isUsable(parent, time) &&
    chain.length - 1 <= (parent.basicConstraints?.maxPathLength ?? Infinity) &&
    maySignCertificates(parent) &&
    hasSignatureOf(child, parent)
  );
}

function isSameCa(a: Certificate, b: Certificate): boolean {
  return equalBytes(a.subject, b.subject) && equalBytes(a.publicKeyInfo, b.publicKeyInfo);
}

function isUsable(certificate: Certificate, time: number): boolean {
  return (
    certificate.notBefore <= time && time <= certificate.notAfter && !hasUnknownCriticalExtension(certificate)
  );
}

/** Extensions that Go's crypto/x509 understands; any other one that is critical spoils the certificate. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ExtensionOid.SUBJECT_KEY_IDENTIFIER,
  ExtensionOid.KEY_USAGE,
  ExtensionOid.SUBJECT_ALT_NAME,
  ExtensionOid.BASIC_CONSTRAINTS,
  ExtensionOid.NAME_CONSTRAINTS,
  ExtensionOid.AUTHORITY_KEY_IDENTIFIER,
  ExtensionOid.EXTENDED_KEY_USAGE,
  '2.5.29.31', // CRL distribution points
  '2.5.29.32', // certificate policies
  '1.3.6.1.5.5.7.1.1', // authority information access
]);

function hasUnknownCriticalExtension({ extensions }: Certificate): boolean {
  return [...extensions].some(([oid, { critical }]) => critical && !UNDERSTOOD.has(oid));
}

const ANY_PURPOSE = '2.5.29.37.0';
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

/**
 * Whether no link is restricted to other purposes than TLS servers: that is what Go asks for when the caller, as the MSP
 * does, names no purpose.
 */
function allowsServers(chain: Chain): boolean {
  return chain.every(({ extendedKeyUsage: purposes }) => {
    if (purposes === undefined || purposes.length === 0) return true;
    return purposes.includes(ANY_PURPOSE) || purposes.includes(SERVER_AUTHENTICATION);
  });
}
