import {
  FetchedView,
  PassageError,
  canonicalJson,
  earlierResult,
  keys,
  operationNamed,
  readJson,
} from '@passage/domain';
import type { JsonObject, JsonValue } from '@passage/domain';
import {
  Payload,
  decodeUtf8,
  equalBytes,
  fabricAttributes,
  proposalHash,
  readCertificatePem,
  readEndorserTransaction,
  readReadWriteSet,
  utf8,
  writesAnything,
} from '@passage/ledger';
import type { ChaincodeAction, EndorserTransaction, ReadWriteSet } from '@passage/ledger';

import type { Intent } from './intent.js';
import { need, reading, whole } from './reading.js';
import type { ReviewedProposal } from './review-proposal.js';

/** The second message, found to carry the proposal that was signed and the result that the gateway tells. */
export interface ReviewedTransaction {
  /** common.Payload, serialized: what is signed. */
  readonly bytes: Uint8Array;
  /** What the act comes to, as the endorsing peers signed it. */
  readonly result: JsonObject;
}

/**
 * Checks the second of the two messages before it is signed: it wraps the very proposal that was signed first, the endorsers'
 * answer belongs to that proposal, tells the result that the gateway told, writes under the one chaincode, and what it writes
 * remembers this very request with this result. Whose signatures the endorsements are is the peers' to check, when they
 * validate the block, and not checked here.
 *
 * @param bytes common.Payload as the gateway gave it.
 * @param told the chaincode's answer as the gateway told it: a JSON text.
 * @throws ClientError MESSAGE_MALFORMED, PROPOSAL_DIFFERS, CHAINCODE_DIFFERS, RESULT_DIFFERS or WRITES_DIFFER
 */
export function reviewTransaction(
  bytes: Uint8Array,
  proposal: ReviewedProposal,
  told: string,
): ReviewedTransaction {
  const { intent } = proposal;
  const { header, data } = whole(Payload, bytes);
  const transaction = reading(() => readEndorserTransaction(data));
  need(
    wrapsProposal(header, transaction, proposal),
    'PROPOSAL_DIFFERS',
    'it does not carry the proposal that was signed',
  );
  const { chaincodeAction } = transaction;
  const named = chaincodeAction.chaincodeId?.name ?? '';
  need(named === intent.chaincode, 'CHAINCODE_DIFFERS', `${named} was run, not ${intent.chaincode}`);
  const result = reviewAnswer(chaincodeAction, told);
  reviewWrites(
    reading(() => readReadWriteSet(chaincodeAction.results)),
    intent,
    result,
  );
  return { bytes, result };
}

function wrapsProposal(
  header: Payload['header'],
  { actionHeader, visiblePayload, responsePayload, endorsements }: EndorserTransaction,
  proposal: ReviewedProposal,
): boolean {
  if (header === undefined || endorsements.length === 0) return false;
  const { channelHeader, signatureHeader } = proposal;
  const pairs: readonly (readonly [Uint8Array, Uint8Array])[] = [
    [header.channelHeader, channelHeader],
    [header.signatureHeader, signatureHeader],
    [actionHeader, signatureHeader],
    [visiblePayload, proposal.visiblePayload],
    [responsePayload.proposalHash, proposalHash(channelHeader, signatureHeader, proposal.visiblePayload)],
  ];
  return pairs.every(([there, asked]) => equalBytes(there, asked));
}

function reviewAnswer({ response }: ChaincodeAction, told: string): JsonObject {
  const answer = decodeUtf8(response?.payload ?? new Uint8Array());
  need(response?.status === 200, 'RESULT_DIFFERS', `the endorsers refused: ${response?.message ?? ''}`);
  need(answer === told, 'RESULT_DIFFERS', 'the endorsers signed another answer than the gateway tells');
  return resultIn(answer);
}

/** The result of an answer that says that something was done: now, or (`duplicate`) by an earlier request with this id. */
export function resultIn(answer: string, duplicate = false): JsonObject {
  const { result, duplicate: said } = parsed(answer);
  need(said === duplicate && isObject(result), 'RESULT_DIFFERS', 'the answer does not say that it was done');
  return result;
}

function parsed(text: string): Partial<Record<string, JsonValue>> {
  try {
    const value = readJson(text);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof PassageError) return {};
    throw error;
  }
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function reviewWrites(sets: ReadWriteSet, intent: Intent, result: JsonObject): void {
  const strange = sets.find((set) => set.namespace !== intent.chaincode && writesAnything(set));
  need(strange === undefined, 'WRITES_DIFFER', `it writes under ${strange?.namespace ?? ''}`);
  if (!operationNamed(intent.command).writes.includes('request')) return;
  const key = keys.request(requester(intent), requestIdIn(intent.argument));
  const own = sets.find(({ namespace }) => namespace === intent.chaincode);
  const value = own?.writes.find((write) => write.key === key)?.value;
  need(value !== undefined, 'WRITES_DIFFER', `it does not remember the request ${key}`);
  const remembered = rememberedResult(intent, key, value);
  const isSame = remembered !== undefined && canonicalJson(remembered) === canonicalJson(result);
  need(isSame, 'WRITES_DIFFER', 'it remembers another request, or another result, under this request id');
}

/** What the record says came of this very request; undefined where it is of another one, or no such record. */
function rememberedResult(
  { command, argument }: Intent,
  key: ReturnType<typeof keys.request>,
  value: Uint8Array,
): JsonObject | undefined {
  try {
    const view = new FetchedView(new Map([[key, value]]));
    return earlierResult({ key, command, argument: readJson(argument) }, view);
  } catch {
    return undefined;
  }
}

/** Under whom the ledger remembers requests of this certificate. */
function requester({ mspId, certificate }: Intent): string {
  const attributes = reading(() => fabricAttributes(readCertificatePem(utf8(certificate))));
  return attributes.get('passage.party') ?? `admin:${mspId}`;
}

function requestIdIn(argument: string): string {
  const id = parsed(argument)['requestId'];
  return typeof id === 'string' ? id : '';
}
