import { generateKeyPairSync, sign } from 'node:crypto';

import { toLowS } from '@passage/ledger';

import { certificateFor } from './certificate.js';

/** A key that a party holds itself, and its certificate. */
export interface OwnKey {
  readonly mspId: string;
  readonly certificate: string;
  /** The private key, PEM (PKCS #8). */
  readonly pem: string;
  /** ECDSA over SHA-256, DER, low S. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A fresh key with a certificate that names a party in a role, by `passage enroll`'s attributes. */
export function ownKey(who: {
  readonly party: string;
  readonly role: string;
  readonly keyHeldBy?: string;
}): OwnKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const attributes = {
    'passage.party': who.party,
    'passage.role': who.role,
    'passage.keyHeldBy': who.keyHeldBy ?? 'party',
  };
  return {
    mspId: 'BusinessMSP',
    certificate: certificateFor(`${who.party}.${who.role}.own`, { attributes, pair }),
    pem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (message) => Promise.resolve(toLowS(sign('sha256', message, pair.privateKey), 'P-256')),
  };
}
