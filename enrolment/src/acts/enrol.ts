import type { CaClient } from '../ca/ca-client.js';
import { certificateRequest } from '../ca/certificate-request.js';
import { EnrolmentError } from '../errors.js';
import { isFor, needNoIdentity, readIdentity, saveIdentity } from '../identity/identity-folder.js';
import type { OwnedIdentity } from '../identity/identity-folder.js';
import { openKey } from '../keys/open-key.js';
import type { TokenAccess } from '../keys/open-key.js';
import type { KeyPlace } from '../keys/places.js';
import type { SigningKey } from '../keys/signing-key.js';

/** Who enrols, with what, and where the result goes. */
export interface EnrolmentOrder {
  readonly id: string;
  readonly secret: string;
  readonly mspId?: string;
  readonly key: KeyPlace;
  readonly folder: string;
}

/**
 * Enrols an owner: takes or makes the key in its place, sends a request signed by it, and keeps what the CA answers.
 * Throws EnrolmentError; then no certificate is kept.
 */
export async function enrol(
  ca: CaClient,
  order: EnrolmentOrder,
  access: TokenAccess,
): Promise<OwnedIdentity> {
  const { id, secret, mspId, key: place, folder } = order;
  needNoIdentity(folder);
  const key = await openKey(place, access, 'create');
  try {
    const csr = await certificateRequest(key, { commonName: id });
    const { cert, chain } = await ca.enroll(id, secret, csr);
    needOwnKey(cert, key, ca);
    const identity = { id, ...(mspId !== undefined && { mspId }), ca: ca.server, key: place, cert };
    saveIdentity(folder, identity, chain);
    return readIdentity(folder);
  } finally {
    key.close();
  }
}

/** A certificate for a key that is not ours would be of no use, and a sign of something worse. */
export function needOwnKey(cert: string, key: SigningKey, ca: CaClient): void {
  if (isFor(cert, key.publicKeyInfo)) return;
  throw new EnrolmentError('CA_REFUSED', `the CA at ${ca.server.url} certified another key than ours`, {
    next: 'Do not use that certificate; ask whoever runs the CA.',
  });
}
