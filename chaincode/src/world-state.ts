import type { PolicyWrite, StateWrite } from '@passage/domain';
import { encodeKeyPolicy } from './key-policy.js';
import { MessageType, peerDoor, type ChaincodeStub } from './peer-door.js';
import { bytesField, numberField, readRepeatedBytes } from './wire.js';

/*
 * Each request to the peer is a round trip that costs the chaincode about as much processor time as two signature checks,
 * and a batch of statements has a hundred keys: so all reads of a round go in one request, and all writes in another.
 */

/** Name of the metadata in which Fabric keeps a key's endorsement policy (peer/chaincode_shim.proto, MetaDataKeys). */
const VALIDATION_PARAMETER = Buffer.from('VALIDATION_PARAMETER');

/** Committed values of keys, empty where nothing is stored; each key is in the read set. */
export async function readState(
  stub: ChaincodeStub,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const ask = peerDoor(stub);
  const values = ask
    ? readRepeatedBytes(1, await ask(MessageType.GET_STATE_MULTIPLE, getStateMultiple(keys)))
    : await Promise.all(keys.map((key) => stub.getState(key)));
  return new Map(
    keys.map((key, index) => {
      const value = values[index];
      if (value === undefined) throw new Error(`the peer has answered for ${String(values.length)} keys`);
      return [key, value];
    }),
  );
}

/** Writes values, then endorsement policies. */
export async function writeState(
  stub: ChaincodeStub,
  writes: readonly StateWrite[],
  policies: readonly PolicyWrite[],
): Promise<void> {
  const ask = peerDoor(stub);
  if (!ask) {
    for (const { key, value } of writes) await stub.putState(key, value);
    for (const { key, policy } of policies) {
      await stub.setStateValidationParameter(key, encodeKeyPolicy(policy));
    }
    return;
  }
  const records = [...writes.map(putState), ...policies.map(putStateMetadata)];
  if (records.length > 0) await ask(MessageType.WRITE_BATCH_STATE, writeBatchState(records));
}

/** protos.GetStateMultiple */
function getStateMultiple(keys: readonly string[]): Buffer {
  return Buffer.concat(keys.map((key) => bytesField(1, Buffer.from(key))));
}

/** protos.WriteBatchState */
function writeBatchState(records: readonly Buffer[]): Buffer {
  return Buffer.concat(records.map((record) => bytesField(1, record)));
}

/** protos.WriteRecord that puts a value. */
function putState({ key, value }: StateWrite): Buffer {
  return Buffer.concat([
    bytesField(1, Buffer.from(key)),
    bytesField(2, value),
    numberField(5, MessageType.PUT_STATE),
  ]);
}

/** protos.WriteRecord that puts a key's endorsement policy. */
function putStateMetadata({ key, policy }: PolicyWrite): Buffer {
  const metadata = [bytesField(1, VALIDATION_PARAMETER), bytesField(2, encodeKeyPolicy(policy))];
  return Buffer.concat([
    bytesField(1, Buffer.from(key)),
    bytesField(4, Buffer.concat(metadata)),
    numberField(5, MessageType.PUT_STATE_METADATA),
  ]);
}
