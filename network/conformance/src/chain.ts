import {
  BlockMetadataIndex,
  ChaincodeEvent,
  type ChaincodeSet,
  codeName,
  decode,
  describeDifference,
  headerHash,
  MemoryState,
  type RawBlock,
  readBlock,
  readEndorserTransaction,
  readEnvelope,
  readReadWriteSet,
  startChain,
  toHex,
  verifyNextBlock,
} from '@passage/ledger';

import type { OrganizationName } from './network/under-test.js';
import type { Normalizer } from './normalizer.js';
import type { Stage } from './stage.js';

/** Every block that an organisation's peer holds, as stored. */
export async function readChain(stage: Stage, at: OrganizationName): Promise<RawBlock[]> {
  const { channel } = stage.network;
  const ask = (name: string, ...args: string[]): Promise<Uint8Array> =>
    stage.query({ chaincode: 'qscc', name, args: [channel, ...args], at });
  const height = await stage.height(at);
  const blocks: RawBlock[] = [];
  for (let number = 0; number < height; number++)
    blocks.push(readBlock(await ask('GetBlockByNumber', String(number))));
  return blocks;
}

/** The ids of a block's transactions, in their order. */
export async function transactionIds(stage: Stage, block: bigint): Promise<string[]> {
  const args = [stage.network.channel, String(block)];
  const bytes = await stage.query({ chaincode: 'qscc', name: 'GetBlockByNumber', args });
  return readBlock(bytes).envelopes.map((envelope) => partsOf(envelope).txId);
}

/** In what `ledger/` comes to another result than the peers, which is nothing: flags, commit hashes, links, signatures. */
export function judgeChain(blocks: readonly RawBlock[]): string[] {
  const [genesis, ...others] = blocks;
  if (genesis === undefined) return ['there is no block'];
  const state = new MemoryState();
  const known = new Set<string>();
  const differences: string[] = [];
  let { head } = startChain(genesis, toHex(headerHash(genesis.header)));
  for (const block of others) {
    const verified = verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) });
    differences.push(...verified.differences.map(describeDifference));
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    state.apply(verified.verdict.updates);
    ({ head } = verified);
  }
  return differences;
}

/** Number, flags and commit hash of a block, as the peer wrote them. */
export function verdictOf({ header, metadata }: RawBlock): string {
  const [flags, hash] = [BlockMetadataIndex.TRANSACTIONS_FILTER, BlockMetadataIndex.COMMIT_HASH].map(
    (index) => toHex(metadata[index] ?? new Uint8Array()),
  );
  return `${String(header.number)} ${flags ?? ''} ${hash ?? ''}`;
}

/** A transaction that a step of a scenario has sent, as it stands in its block. */
export interface RecordedTransaction {
  readonly step: string;
  readonly seen: object;
}

/** The transactions of the scenarios in their order: flag, read-write set, event, number of endorsements. */
export function recordedTransactions(
  blocks: readonly RawBlock[],
  normalizer: Normalizer,
): RecordedTransaction[] {
  const found = blocks.flatMap(({ header, envelopes, metadata }) =>
    envelopes.flatMap((envelope, index) => {
      const { txId, data: body } = partsOf(envelope);
      const step = normalizer.stepOf(txId) ?? normalizer.stepOfEnvelope(envelope);
      if (step === undefined) return [];
      normalizer.nameVersion(header.number, index, step);
      const code = metadata[BlockMetadataIndex.TRANSACTIONS_FILTER]?.[index] ?? 254;
      return [{ step, code, body }];
    }),
  );
  return found.map(({ step, code, body }) => ({
    step,
    seen: normalizer.value({ flag: `${String(code)} ${codeName(code)}`, ...contentsOf(body) }) as object,
  }));
}

function partsOf(envelope: Uint8Array): { txId: string; data: Uint8Array } {
  const { channelHeader, payload } = readEnvelope(envelope);
  return { txId: channelHeader?.txId ?? '', data: payload?.data ?? new Uint8Array() };
}

/** A summary's hashes cover versions, which count blocks from the start of the network; how many there are is the same. */
function withoutHashesOfVersions({ ranges, ...set }: ChaincodeSet): object {
  const told = ranges.map(({ summary, ...range }) => ({
    ...range,
    ...(summary && { summary: { ...summary, hashes: summary.hashes.length } }),
  }));
  return { ...set, ranges: told };
}

function contentsOf(body: Uint8Array): object {
  try {
    const { chaincodeAction, endorsements } = readEndorserTransaction(body);
    const { results, events, response, chaincodeId } = chaincodeAction;
    return {
      rwset: readReadWriteSet(results).map(withoutHashesOfVersions),
      ...(events.length > 0 && { event: decode(ChaincodeEvent, events) }),
      response,
      chaincodeId,
      endorsements: endorsements.length,
    };
  } catch {
    return { unreadable: true };
  }
}
