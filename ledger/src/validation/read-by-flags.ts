import { readEnvelope } from '../block/index.js';
import { TxValidationCode } from '../proto/index.js';
import { applyWrites } from './apply-updates.js';
import { readAction } from './chaincode-action.js';
import { describe } from './judge-transaction.js';
import { NamespacePolicies } from './namespace-policies.js';
import { PendingUpdates } from './pending-updates.js';
import { isRefusal } from './refusal.js';
import { updatesOf } from './updates-of.js';
import { checkAction, checkLayers } from './well-formed.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { StateReader } from '../state/index.js';
import type { BlockVerdict, TransactionVerdict } from './verdict.js';

/**
 * What the transactions of a block say and did, where somebody already knows which of them are valid: no signature, policy or
 * version is looked at. The verdicts are those of `validateBlock` as long as the flags are what it gives; only reasons are
 * missing, and of transactions that were refused before anybody looked into them it may tell more.
 *
 * @param flags one TxValidationCode for each envelope
 * @param state before the block; of the keys of which a transaction changes the policy alone, for their value is told again
 */
export function readByFlags(
  number: number,
  envelopes: readonly Uint8Array[],
  flags: Uint8Array,
  state: StateReader,
): readonly TransactionVerdict[] {
  return readInto(new PendingUpdates(state), number, envelopes, flags);
}

/** The same of a whole block, and what it does to the state. */
export function readBlockByFlags(
  { header: { number }, envelopes }: RawBlock,
  flags: Uint8Array,
  config: ChannelConfig,
  state: StateReader,
): Pick<BlockVerdict, 'transactions' | 'updates'> {
  const pending = new PendingUpdates(state);
  const transactions = readInto(pending, number, envelopes, flags);
  const policies = new NamespacePolicies(config, state);
  return { transactions, updates: updatesOf(number, pending, state, policies) };
}

function readInto(
  pending: PendingUpdates,
  number: number,
  envelopes: readonly Uint8Array[],
  flags: Uint8Array,
): readonly TransactionVerdict[] {
  return envelopes.map((bytes, index) => {
    const said = { index, code: flags[index] ?? TxValidationCode.NOT_VALIDATED, ...readAgain(bytes) };
    const isValid = said.code === TxValidationCode.VALID;
    return { ...said, writes: isValid ? applyWrites(said.sets, { block: number, tx: index }, pending) : [] };
  });
}

/** What one transaction says of itself; without sets where it cannot be read, or calls no chaincode. */
function readAgain(bytes: Uint8Array): Omit<TransactionVerdict, 'index' | 'code' | 'writes'> {
  const reading = readEnvelope(bytes);
  const about = describe(reading);
  const layers = checkLayers(reading);
  if (isRefusal(layers)) return { ...about, sets: [] };
  const action = checkAction(layers);
  if (isRefusal(action)) return { ...about, sets: [] };
  const read = readAction(layers.channelHeader.extension, action);
  return isRefusal(read) ? { ...about, sets: [] } : { ...about, ...read };
}
