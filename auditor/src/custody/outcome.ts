import { commands, PassageError, prepareTransaction, StateFormatError } from '@passage/domain';
import type { Caller, Execution, KeyPolicyChange, SignedStatements } from '@passage/domain';
import type { RecordedCall } from './recorded-call.js';
import type { Keeper } from './keeper.js';
import type { Kept, Lookup } from './record-view.js';

/** What an act has to leave under each key that it touches, or why the rules refuse it. */
export type Outcome =
  | { readonly writes: ReadonlyMap<string, Kept>; readonly refused?: never }
  | { readonly refused: string; readonly writes?: never };

/** Acts that leave something for all to see. Of the others blocks have hashes alone. */
const writing = new Set(commands.filter(({ writes }) => writes.length > 0).map(({ name }) => name));

/**
 * Lets the rules of the domain judge an act once more: by its argument, its sender and its time, over the state before it, as every
 * endorsing peer had to.
 *
 * @param signed statements whose signatures need no second look
 * @returns undefined where there is nothing to judge: no act of ours, or nobody who can have sent it
 */
export function outcomeOf(call: RecordedCall, state: Lookup, signed: SignedStatements): Outcome | undefined {
  const { act, caller, at } = call;
  if (!writing.has(act) || caller === undefined || at === '') return undefined;
  try {
    return { writes: leftBy(execute(call, caller, state, signed), state) };
  } catch (error) {
    if (error instanceof PassageError) return { refused: `${error.code}: ${error.message}` };
    if (error instanceof StateFormatError) return { refused: error.message };
    throw error;
  }
}

function execute(
  { act, argument, at, txId }: RecordedCall,
  caller: Caller,
  state: Lookup,
  signed: SignedStatements,
): Execution {
  const prepared = prepareTransaction(act, argument, caller);
  const values = new Map<string, Uint8Array | undefined>();
  for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values)) {
    for (const key of keys) values.set(key, state(key)?.value);
  }
  return prepared.execute(values, { txId, timestamp: at }, undefined, signed);
}

function leftBy({ writes, policies }: Execution, state: Lookup): ReadonlyMap<string, Kept> {
  const left = new Map<string, Kept>();
  for (const { key, value } of writes) left.set(key, { value, keeper: state(key)?.keeper ?? 'open' });
  for (const { key, policy } of policies) {
    const value = left.get(key)?.value ?? state(key)?.value;
    // A policy on a key that is not there leaves nothing.
    if (value !== undefined) left.set(key, { value, keeper: keeperBy(policy) });
  }
  return left;
}

function keeperBy(policy: KeyPolicyChange): Keeper {
  return 'allOf' in policy ? 'customs' : 'open';
}
