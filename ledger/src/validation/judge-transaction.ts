import { readEnvelope, transactionId } from '../block/index.js';
import { decode } from '../codec/index.js';
import { applyConfigEnvelope } from '../config/index.js';
import { recover } from '../errors.js';
import { ConfigEnvelope, HeaderType, TxValidationCode } from '../proto/index.js';
import { writesAnything } from '../rwset/index.js';
import { readAction } from './chaincode-action.js';
import { checkEndorsement } from './endorsement-policy.js';
import { isRefusal, refuse } from './refusal.js';
import { checkAction, checkEnvelope, checkLayers } from './well-formed.js';
import type { EnvelopeReading } from '../block/index.js';
import type { ChannelConfig, ConfigOptions } from '../config/index.js';
import type { ActionReading } from './chaincode-action.js';
import type { ApplicationPolicies } from './endorsers.js';
import type { EndorsementRules } from './endorsement-policy.js';
import type { Refusal } from './refusal.js';
import type { TransactionVerdict } from './verdict.js';
import type { Layers } from './well-formed.js';

/** What the transactions of a block are judged by, each for itself. */
export interface TransactionRules extends EndorsementRules {
  readonly config: ChannelConfig;
  readonly configOptions: ConfigOptions;
  readonly applicationPolicies: ApplicationPolicies;
  isKnownTransaction(txId: string): boolean;
}

/** A verdict before anybody asked whether what the transaction read still holds. */
export interface Judged {
  readonly verdict: Omit<TransactionVerdict, 'index' | 'writes'>;
  /** The configuration that a configuration transaction brings. */
  readonly newConfig?: ChannelConfig;
}

/**
 * Judges one transaction by everything but its neighbours' writes, in the order of
 * Fabric: core/committer/txvalidator/v20/validator.go, validateTx: form, creator, id; what it says it did; who endorsed it. To
 * be called in the order of the block, because key policies that a transaction changes bind the later ones.
 *
 * @param good what is known of its signatures, see `GoodSignatures`; 0 where nothing is.
 */
export function judgeTransaction(bytes: Uint8Array, rules: TransactionRules, good: number): Judged {
  const reading = readEnvelope(bytes);
  const about = describe(reading);
  const layers = checkLayers(reading);
  if (isRefusal(layers)) return { verdict: { ...about, ...layers, sets: [] } };
  const refusal = checkEnvelope(layers, rules.config, good);
  if (refusal !== undefined) return { verdict: { ...about, ...refusal, sets: [] } };
  const judged =
    about.type === HeaderType.CONFIG ? judgeConfig(layers, rules) : judgeAction(layers, rules, good);
  return { ...judged, verdict: { ...about, ...judged.verdict } };
}

interface JudgedBody extends Omit<Judged, 'verdict'> {
  readonly verdict: Omit<Judged['verdict'], 'txId'>;
}

/** A peer stops at a configuration that its own does not allow; here its transaction is invalid. */
function judgeConfig(layers: Layers, { config, configOptions }: TransactionRules): JudgedBody {
  return recover<JudgedBody, JudgedBody>(
    () => ({
      verdict: { code: TxValidationCode.VALID, sets: [] },
      newConfig: applyConfigEnvelope(config, decode(ConfigEnvelope, layers.payload.data), configOptions),
    }),
    (error) => ({
      verdict: { ...refuse(TxValidationCode.INVALID_CONFIG_TRANSACTION, error.message), sets: [] },
    }),
  );
}

function judgeAction(layers: Layers, rules: TransactionRules, good: number): JudgedBody {
  const refused = (refusal: Refusal): JudgedBody => ({ verdict: { ...refusal, sets: [] } });
  const action = checkAction(layers);
  if (isRefusal(action)) return refused(action);
  if (rules.isKnownTransaction(layers.channelHeader.txId)) {
    return refused(refuse(TxValidationCode.DUPLICATE_TXID, 'its id stands in an earlier block'));
  }
  const reading = readAction(layers.channelHeader.extension, action);
  if (isRefusal(reading)) return refused(reading);
  const refusal = checkEndorsements(reading, rules, good);
  return { verdict: { code: TxValidationCode.VALID, ...refusal, ...reading } };
}

/**
 * Every chaincode that the transaction called or wrote to. Peers take them in any order; we take the called one first,
 * then the rest as they stand, so that two replays name the same failure.
 */
function checkEndorsements(
  reading: ActionReading,
  rules: TransactionRules,
  good: number,
): Refusal | undefined {
  const { chaincode, sets, transaction } = reading;
  const fault = rules.applicationPolicies.faultsOf(transaction, good);
  const written = sets.filter((set) => writesAnything(set)).map(({ namespace }) => namespace);
  for (const namespace of new Set([chaincode, ...written])) {
    const set = sets.find((candidate) => candidate.namespace === namespace);
    const refusal = checkEndorsement(namespace, set, fault, rules);
    if (refusal !== undefined) return refusal;
    if (set !== undefined) rules.keyPolicies.noteChanges(set);
  }
  return undefined;
}

/** What can be said of a transaction whatever its verdict. Its id is looked up in later blocks even if it is invalid. */
export function describe({
  channelHeader,
  signatureHeader,
}: EnvelopeReading): Omit<Judged['verdict'], 'code' | 'sets'> {
  const { type, timestamp, txId: claimed } = channelHeader ?? { txId: '' };
  const { creator, nonce } = signatureHeader ?? {};
  // A peer's index computes the id where the header leaves it out (Fabric: protoutil, GetOrComputeTxIDFromEnvelope).
  const txId =
    claimed !== '' || creator === undefined || nonce === undefined ? claimed : transactionId(nonce, creator);
  if (type !== undefined && timestamp && creator) return { txId, type, timestamp, creator };
  return {
    txId,
    ...(type !== undefined && { type }),
    ...(timestamp && { timestamp }),
    ...(creator && { creator }),
  };
}
