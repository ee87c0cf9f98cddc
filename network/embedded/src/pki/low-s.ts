import { sign, type KeyObject } from 'node:crypto';

import { toLowS } from '@passage/ledger';

/**
 * ECDSA over SHA-256 with a P-256 key: DER `SEQUENCE { INTEGER r, INTEGER s }` with low S, as Fabric wants it. The key goes to
 * OpenSSL as it is: in an object with options it costs half as much again.
 */
export function signLowS(key: KeyObject, message: Uint8Array): Uint8Array {
  return toLowS(sign('sha256', message, key), 'P-256');
}
