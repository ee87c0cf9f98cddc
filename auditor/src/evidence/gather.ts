import { ShipmentCollector } from '@passage/evidence';
import { describeDifference, LedgerError, MemoryState, startChain, verifyNextBlock } from '@passage/ledger';
import { AuditError } from '../errors.js';
import { sourceFailure } from '../source/source-failure.js';
import type { LookUp } from '@passage/evidence';
import type { ChainHead, VerifiedBlock } from '@passage/ledger';
import type { ReplayProgress } from '../replay-options.js';
import type { BlockSource, SourcedBlock } from '../source/block-source.js';

/** What is gathered, and from where. */
export interface GatherOptions {
  readonly genesisHash: string;
  readonly ucr: string;
  /** How many blocks to take; all that there are if nothing is said. */
  readonly height?: number;
  /** The name under which our chaincode is defined; `passage` if nothing is said. */
  readonly chaincode?: string;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

/** A chain that was judged from block 0, with what a bundle of one consignment needs of it. */
export interface Gathered {
  readonly channel: string;
  readonly collector: ShipmentCollector;
  /** The world state behind the last block that was taken. */
  readonly lookUp: LookUp;
}

/**
 * Judges a chain by Fabric's rules, and gathers what the bundle of a consignment needs. Nothing that a peer says gets into a bundle
 * unjudged.
 *
 * @throws AuditError LEDGER_DIFFERS at the first difference, SOURCE_NOT_FOUND where there are fewer blocks than asked for, and what
 *   the source throws
 */
export async function gather(source: BlockSource, options: GatherOptions): Promise<Gathered> {
  const { genesisHash, ucr, height = Infinity, chaincode = 'passage' } = options;
  const collector = new ShipmentCollector(ucr, chaincode);
  const state = new MemoryState();
  const known = new Set<string>();
  let head: ChainHead | undefined;
  let transactions = 0;
  for await (const { block, progress } of blocksOf(source)) {
    if (collector.height >= height) break;
    const config = head?.config;
    const judged = believed(() =>
      head === undefined
        ? startChain(block, genesisHash)
        : verifyNextBlock(head, block, state, { isKnownTransaction: (id) => known.has(id) }),
    );
    collector.take({ block, verdict: judged.verdict, ...(config && { config }) });
    state.apply(judged.verdict.updates);
    for (const { txId } of judged.verdict.transactions) known.add(txId);
    head = judged.head;
    transactions += block.envelopes.length;
    options.onProgress?.({ blocks: collector.height, transactions, done: progress });
  }
  requireBlocks(source, collector.height, options);
  return { channel: head?.channel ?? '', collector, lookUp: (key) => state.get(chaincode, key)?.value };
}

/** The blocks of a source, whose failure is told as the auditor's. */
async function* blocksOf(source: BlockSource): AsyncGenerator<SourcedBlock> {
  try {
    yield* source.blocks();
  } catch (error) {
    throw sourceFailure(source.description, error);
  }
}

function requireBlocks({ description }: BlockSource, found: number, { height = 1 }: GatherOptions): void {
  if (found >= height) return;
  throw new AuditError(
    'SOURCE_NOT_FOUND',
    `${description} has ${found} blocks, and ${height} are needed: ask another source`,
  );
}

/** A block without any difference. */
function believed(judge: () => VerifiedBlock): VerifiedBlock {
  const differs = (what: string, cause?: unknown): AuditError =>
    new AuditError(
      'LEDGER_DIFFERS',
      `no evidence comes from a ledger that differs: ${what}: see passage replay`,
      { cause },
    );
  try {
    const judged = judge();
    const [first] = judged.differences;
    if (first !== undefined) throw differs(describeDifference(first));
    return judged;
  } catch (error) {
    if (error instanceof LedgerError) throw differs(error.message, error);
    throw error;
  }
}
