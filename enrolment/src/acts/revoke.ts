import { readCertificatePem } from '@passage/ledger';

import type { CaClient, CertificateName, RevocationReason } from '../ca/ca-client.js';
import type { CertificateHolder } from '../ca/token.js';
import { newSecret } from './register.js';
import type { Credential } from './registrar.js';

/** How fabric-ca names a certificate: lower-case hex without leading zeros (CA:lib/serverrevoke.go, parseInput). */
export function certificateName(cert: string): CertificateName {
  const { serialNumber, authorityKeyIdentifier } = readCertificatePem(Buffer.from(cert));
  const plain = (hex: string): string => hex.toLowerCase().replace(/^0+/, '');
  return {
    serial: plain(serialNumber),
    aki: plain(Buffer.from(authorityKeyIdentifier ?? []).toString('hex')),
  };
}

/** Revokes every certificate of an identity that counts, and leaves the identity able to enrol anew. */
export async function revokeCertificates(
  ca: CaClient,
  revoker: CertificateHolder,
  id: string,
  reason: RevocationReason,
): Promise<readonly CertificateName[]> {
  const names = (await ca.certificatesInForce(revoker, id)).map(certificateName);
  for (const name of names) await ca.revokeCertificate(revoker, name, reason);
  return names;
}

/**
 * What a lost key asks for: its certificates are revoked, and its identity gets a fresh secret. `secretCounts` is `once`
 * for an owner, `always` for a gateway, which keeps it.
 */
export async function resetIdentity(
  ca: CaClient,
  registrar: CertificateHolder,
  id: string,
  secretCounts: 'once' | 'always',
): Promise<{ readonly credential: Credential; readonly revoked: readonly CertificateName[] }> {
  const { maxEnrollments } = await ca.identity(registrar, id);
  const revoked = await revokeCertificates(ca, registrar, id, 'keycompromise');
  const secret = newSecret();
  // The CA counts the uses of all secrets of an identity together, so one more use is one more than were allowed.
  const uses = secretCounts === 'always' || maxEnrollments < 0 ? -1 : maxEnrollments + 1;
  await ca.changeSecret(registrar, id, { secret, maxEnrollments: uses });
  return { credential: { id, secret }, revoked };
}

/** Common name of a certificate (PEM), which is the enrolment id. */
export function ownerOf(cert: string): string {
  return readCertificatePem(Buffer.from(cert)).commonName;
}
