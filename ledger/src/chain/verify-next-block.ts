import { headerHash } from '../block/index.js';
import { validateBlock } from '../validation/index.js';
import { checkDataHash, checkLink, checkOrderers } from './block-checks.js';
import { countChecks } from './check-counts.js';
import { envelopeOf } from './head.js';
import { compareClaims, readClaims } from './claims.js';
import type { RawBlock } from '../block/index.js';
import type { ConfigOptions } from '../config/index.js';
import type { StateReader } from '../state/index.js';
import type { BlockVerdict } from '../validation/index.js';
import type { BlockFacts } from './block-facts.js';
import type { CheckCounts } from './check-counts.js';
import type { Difference } from './difference.js';
import type { ChainHead } from './head.js';

/** What is known of the chain besides head and state. */
export interface ChainKnowledge {
  /** What was found out beforehand about this very block. */
  readonly facts?: BlockFacts;
  /** For a configuration that the block may bring. */
  readonly configOptions?: ConfigOptions;
  /** Whether a transaction of this id, valid or not, stands in an earlier block. */
  isKnownTransaction(txId: string): boolean;
}

/** A block that has been judged. It may be believed if and only if there are no differences. */
export interface VerifiedBlock {
  /** The chain with this block on it, by our own verdict; to be kept only if the block is believed. */
  readonly head: ChainHead;
  readonly verdict: BlockVerdict;
  readonly differences: readonly Difference[];
  /** How often each check was made. */
  readonly checks: CheckCounts;
}

/**
 * Judges the block that follows `head`: data hash, link, orderers' signatures by the configuration in force, then every
 * transaction; and compares flags and commit hash with what a peer wrote into it, if one did. `state` is the state before
 * the block and is left as it is: apply `verdict.updates` once the block is believed.
 *
 * Never stops at a difference: all of them are listed, the one nearest the root first.
 */
export function verifyNextBlock(
  head: ChainHead,
  block: RawBlock,
  state: StateReader,
  knowledge: ChainKnowledge,
): VerifiedBlock {
  const { config } = head;
  const verdict = validateBlock(block, {
    config,
    state,
    isKnownTransaction: (txId) => knowledge.isKnownTransaction(txId),
    previousCommitHash: head.commitHash,
    ...(knowledge.facts?.signatures && { goodSignatures: knowledge.facts.signatures }),
    ...(knowledge.configOptions && { configOptions: knowledge.configOptions }),
  });
  const claims = readClaims(block);
  const claimed = compareClaims(block.header.number, claims, verdict);
  const dataHash = checkDataHash(block, verdict.config !== undefined, knowledge.facts);
  return {
    head: nextHead(head, block, verdict),
    verdict,
    differences: [
      dataHash && atTransaction(dataHash, claimed),
      checkLink(head, block),
      checkOrderers(config, block),
      ...claimed,
    ].filter((difference) => difference !== undefined),
    checks: countChecks(verdict, claims),
  };
}

/** A data hash covers the block as a whole; the first transaction that does not verify either is the altered one. */
function atTransaction(dataHash: Difference, claimed: readonly Difference[]): Difference {
  const transaction =
    dataHash.transaction ?? claimed.find((difference) => difference.transaction !== undefined)?.transaction;
  return transaction === undefined ? dataHash : { ...dataHash, transaction };
}

function nextHead(head: ChainHead, block: RawBlock, { commitHash, config }: BlockVerdict): ChainHead {
  const { number } = block.header;
  const next = { ...head, height: number + 1, headerHash: headerHash(block.header), commitHash };
  return config === undefined
    ? next
    : { ...next, configBlock: number, configEnvelope: envelopeOf(block), config };
}
