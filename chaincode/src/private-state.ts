import { privateId, PrivateView, type PrivateKey, type PrivateWrite } from '@passage/domain';
import type { ChaincodeStub } from './peer-door.js';

/*
 * Openings are few, so each key is a request of its own. A peer that is no member of a collection answers with an error.
 */

/** Committed values of private keys. */
export async function readPrivate(stub: ChaincodeStub, keys: readonly PrivateKey[]): Promise<PrivateView> {
  const values = new Map<string, Uint8Array>();
  for (const key of keys) values.set(privateId(key), await stub.getPrivateData(key.collection, key.key));
  return new PrivateView(values);
}

/** Puts values into private collections: the block gets hashes of key and value. */
export async function writePrivate(stub: ChaincodeStub, writes: readonly PrivateWrite[]): Promise<void> {
  for (const { collection, key, value } of writes) await stub.putPrivateData(collection, key, value);
}

/** Has every peer of the collection forget values and their history (Fabric 2.5 and later). */
export async function purge(stub: ChaincodeStub, keys: readonly PrivateKey[]): Promise<void> {
  for (const { collection, key } of keys) await stub.purgePrivateData(collection, key);
}
