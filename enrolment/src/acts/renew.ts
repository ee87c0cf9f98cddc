import { CaClient } from '../ca/ca-client.js';
import { certificateRequest } from '../ca/certificate-request.js';
import { EnrolmentError } from '../errors.js';
import { isFor, nextKey, replaceCertificate } from '../identity/identity-folder.js';
import type { OwnedIdentity } from '../identity/identity-folder.js';
import { pemKey } from '../keys/file-key.js';
import { openKey } from '../keys/open-key.js';
import type { TokenAccess } from '../keys/open-key.js';
import type { OpenKey } from '../keys/places.js';
import { holderOf } from '../keys/signing-key.js';
import { needOwnKey } from './enrol.js';

/**
 * Has a certificate renewed by itself: the CA is asked with the old one, which must be in force, so nobody else is needed.
 * With `newKey` a key file is replaced by a new key; a key in a token stays. Returns the new certificate (PEM).
 * Throws EnrolmentError; then everything is as it was.
 */
export async function renew(
  identity: OwnedIdentity,
  { newKey, access }: { readonly newKey: boolean; readonly access: TokenAccess },
): Promise<string> {
  const ca = new CaClient(identity.ca);
  const old = await openKey(identity.key, access, 'existing');
  try {
    needPair(identity, old);
    const key = newKey ? freshKey(identity) : old;
    const csr = await certificateRequest(key, { commonName: identity.id });
    const { cert } = await ca.reenroll(holderOf(identity.cert, old), identity.id, csr);
    needOwnKey(cert, key, ca);
    replaceCertificate(identity, cert);
    return cert;
  } finally {
    old.close();
  }
}

function needPair({ cert, certFile }: OwnedIdentity, key: OpenKey): void {
  if (isFor(cert, key.publicKeyInfo)) return;
  throw new EnrolmentError('IDENTITY_UNUSABLE', `the certificate ${certFile} is not for its key`, {
    next: 'Restore the key that belongs to it, or enrol anew (`passage enroll reset` gives a secret).',
  });
}

function freshKey({ key }: OwnedIdentity): ReturnType<typeof pemKey> {
  if (key.kind === 'file') return pemKey(nextKey(key.path), key.path);
  throw new EnrolmentError(
    'KEY_UNUSABLE',
    `the key "${key.label}" is in a token, and is not replaced there`,
    {
      next: 'Renew without --new-key; or enrol into another folder with another --pkcs11-label.',
    },
  );
}
