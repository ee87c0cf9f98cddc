import { isUtf8 } from 'node:buffer';
import { encodeContractError, PassageError, prepareTransaction } from '@passage/domain';
import type { Context } from 'fabric-contract-api';
import { callerOf } from './caller.js';
import type { ChaincodeStub } from './peer-door.js';
import { purge, readPrivate, writePrivate } from './private-state.js';
import { readReliableState } from './reliable-state.js';
import { writeState } from './world-state.js';

/** The name of the one event of a transaction that wrote something; its payload is `{"command": name}`. */
export const eventName = 'passage';

/**
 * Runs one transaction of the contract: fetches what the rule declares, lets the rule decide, writes what it says.
 *
 * The shim lets nothing through but an error's message, so a refusal travels in it as `CODE: sentence {json}`; whatever
 * was not foreseen becomes `INTERNAL: …`, and its stack goes to this process's log alone.
 */
export async function invoke(ctx: Context, name: string, input: string): Promise<string> {
  try {
    return await run(ctx, name, input);
  } catch (error) {
    if (error instanceof PassageError) throw new Error(encodeContractError(error));
    console.error(`${ctx.stub.getTxID()} ${name}:`, error);
    throw new Error(`INTERNAL: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function run({ stub, clientIdentity }: Context, name: string, input: string): Promise<string> {
  requireUtf8(stub);
  const prepared = prepareTransaction(name, input, callerOf(clientIdentity), stub.getTransient());
  const values = new Map<string, Uint8Array>();
  for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values)) {
    for (const [key, value] of await readReliableState(stub, keys)) values.set(key, value);
  }
  const tx = { txId: stub.getTxID(), timestamp: stub.getDateTimestamp().toISOString() };
  const secrets = await readPrivate(stub, prepared.privateReads);
  const { writes, policies, privateWrites, purges, response } = prepared.execute(values, tx, secrets);
  await writeState(stub, writes, policies);
  await writePrivate(stub, privateWrites);
  await purge(stub, purges);
  if (writes.length > 0) stub.setEvent(eventName, Buffer.from(JSON.stringify({ command: name })));
  return response;
}

/**
 * The shim decodes arguments leniently, so that two byte strings could read the same: one that is no UTF-8 is refused.
 *
 * @throws PassageError INVALID_JSON
 */
function requireUtf8(stub: ChaincodeStub): void {
  const args = (stub as ChaincodeStub & { getBufferArgs(): readonly Buffer[] }).getBufferArgs();
  if (!args.every((argument) => isUtf8(argument))) {
    throw new PassageError('INVALID_JSON', 'The input is not valid UTF-8', { pointer: '', offset: 0 });
  }
}
