import { isCustomsKey, isKeptByCustoms } from '@passage/domain';
import type { ChaincodeStub } from './peer-door.js';
import { decodeKeyPolicy } from './read-key-policy.js';
import { readState } from './world-state.js';

const NOTHING = new Uint8Array();

/**
 * Committed values that a rule may rely on. One under a key of customs counts as absent unless the key carries customs'
 * policy: others can make such a key while it is not there, and nobody is to rely on that. It costs a second round trip
 * where a key of customs is there, and nothing elsewhere.
 */
export async function readReliableState(
  stub: ChaincodeStub,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const values = new Map(await readState(stub, keys));
  const ofCustoms = keys.filter((key) => isCustomsKey(key) && values.get(key)?.length !== 0);
  const kept = await Promise.all(ofCustoms.map((key) => isKept(stub, key)));
  for (const [index, key] of ofCustoms.entries()) if (kept[index] !== true) values.set(key, NOTHING);
  return values;
}

async function isKept(stub: ChaincodeStub, key: string): Promise<boolean> {
  // The shim's declaration leaves out that a key without metadata gives nothing.
  const policy = (await stub.getStateValidationParameter(key)) as Uint8Array | undefined;
  return isKeptByCustoms(decodeKeyPolicy(policy ?? NOTHING));
}
