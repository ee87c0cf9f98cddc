import { createHash } from 'node:crypto';
import {
  BlockMetadataIndex,
  codeName,
  dataHash,
  decode,
  equalBytes,
  headerHash,
  Metadata,
  recover,
  toHex,
  verifyBlockSignatures,
} from '@passage/ledger';
import { describeHeader, signedHeader, signersOf } from '../resume/signed-header.js';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import type { SourceDifference, SourceDifferenceKind, SourceVersion } from './source-difference.js';

const NOTHING = new Uint8Array();
const { SIGNATURES, LAST_CONFIG, TRANSACTIONS_FILTER, ORDERER, COMMIT_HASH } = BlockMetadataIndex;

/** A block as one source has it. */
export interface HeldBlock {
  readonly source: string;
  readonly block: RawBlock;
}

/** One thing to hold against each other: what must be equal, and how what a source has is put in words. */
interface Aspect {
  readonly kind: SourceDifferenceKind;
  /** Equal texts for equal things. */
  readonly key: (block: RawBlock) => string;
  readonly describe: (block: RawBlock, transaction: number | undefined) => Omit<SourceVersion, 'sources'>;
  /** The first transaction in which two blocks are unlike. */
  readonly transaction?: (first: RawBlock, second: RawBlock) => number | undefined;
}

/** Whether two blocks are the same, byte for byte, as far as orderers and peers fill them. */
export function areAlike(one: RawBlock, other: RawBlock): boolean {
  if (one === other) return true;
  return (
    hasSameHeader(one, other) &&
    one.envelopes.length === other.envelopes.length &&
    one.envelopes.every((envelope, index) => equalBytes(envelope, other.envelopes[index] ?? NOTHING)) &&
    [SIGNATURES, LAST_CONFIG, TRANSACTIONS_FILTER, ORDERER, COMMIT_HASH].every((index) =>
      equalBytes(one.metadata[index] ?? NOTHING, other.metadata[index] ?? NOTHING),
    )
  );
}

export function hasSameHeader({ header: one }: RawBlock, { header: other }: RawBlock): boolean {
  return (
    one.number === other.number &&
    equalBytes(one.previousHash, other.previousHash) &&
    equalBytes(one.dataHash, other.dataHash)
  );
}

/**
 * What tells the blocks apart that several sources have under one number. Blocks with another header than the first are compared in
 * nothing else.
 *
 * @param number that the block should have
 * @param config in force before it, whose orderers sign; none before block 0, which nobody signs
 */
export function unlikeBlocks(
  number: number,
  held: readonly HeldBlock[],
  config: ChannelConfig | undefined,
): readonly SourceDifference[] {
  const [first, ...others] = held;
  if (first === undefined || others.every(({ block }) => areAlike(first.block, block))) return [];
  const fork = differenceIn(headerAspect(config), number, held);
  const same = held.filter(({ block }) => hasSameHeader(first.block, block));
  const aspects = [dataAspect, ...(config === undefined ? [] : [quorumAspect(config)]), ...peerAspects];
  return [fork, ...aspects.map((aspect) => differenceIn(aspect, number, same))].filter(
    (difference) => difference !== undefined,
  );
}

/** The difference in one thing; undefined where all have the same. */
function differenceIn(
  { kind, key, describe, transaction }: Aspect,
  number: number,
  held: readonly HeldBlock[],
): SourceDifference | undefined {
  const groups = groupBy(held, ({ block }) => key(block));
  const [first, second] = groups.map(([one]) => one?.block);
  if (first === undefined || second === undefined) return undefined;
  const at = transaction?.(first, second);
  return {
    block: number,
    ...(at !== undefined && { transaction: at }),
    kind,
    versions: groups.flatMap((group) => {
      const [one] = group;
      return one === undefined
        ? []
        : [{ sources: group.map(({ source }) => source), ...describe(one.block, at) }];
    }),
  };
}

const headerAspect = (config: ChannelConfig | undefined): Aspect => ({
  kind: 'header',
  key: ({ header }) => toHex(headerHash(header)),
  describe: (block) => describeSigned(block, config),
});

/** A block by its header, and who signed that. */
export function describeSigned(
  block: RawBlock,
  config: ChannelConfig | undefined,
): Omit<SourceVersion, 'sources'> {
  const header = signedHeader(block);
  return { has: describeHeader(header, config), header, signedBy: signersOf(header, config) };
}

const dataAspect: Aspect = {
  kind: 'data',
  key: ({ envelopes }) => envelopes.map(sha256).join(),
  transaction: ({ envelopes: one }, { envelopes: other }) =>
    firstIndex(Math.max(one.length, other.length), (at) =>
      equalBytes(one[at] ?? NOTHING, other[at] ?? NOTHING),
    ),
  describe: ({ header, envelopes }, at = 0) => {
    const envelope = envelopes[at];
    const what = envelope === undefined ? 'none there' : `one with SHA-256 ${sha256(envelope)}`;
    const fits = equalBytes(dataHash(envelopes), header.dataHash);
    return { has: `${what}, in data that the header's hash is ${fits ? 'of' : 'not of'}` };
  },
};

/** Who signs may differ, because orderers do not wait for all; whether it is enough may not. */
const quorumAspect = (config: ChannelConfig): Aspect => ({
  kind: 'orderer-signatures',
  key: (block) => String(signaturesOf(block, config).satisfied),
  describe: (block) => {
    const { satisfied, mspIds } = signaturesOf(block, config);
    const worth = satisfied ? 'enough' : 'too few';
    return { has: `${worth} valid signatures of orderers: ${mspIds.join(', ') || 'none'}`, signedBy: mspIds };
  },
});

function signaturesOf(
  block: RawBlock,
  config: ChannelConfig,
): { satisfied: boolean; mspIds: readonly string[] } {
  return recover(
    () => verifyBlockSignatures(block, config),
    () => ({ satisfied: false, mspIds: [] }),
  );
}

const peerAspects: readonly Aspect[] = [
  {
    kind: 'flags',
    key: ({ metadata }) => toHex(metadata[TRANSACTIONS_FILTER] ?? NOTHING),
    transaction: ({ metadata: one }, { metadata: other }) => {
      const [flags, others] = [one[TRANSACTIONS_FILTER] ?? NOTHING, other[TRANSACTIONS_FILTER] ?? NOTHING];
      return firstIndex(Math.max(flags.length, others.length), (at) => flags[at] === others[at]);
    },
    describe: ({ metadata }, at = 0) => {
      const flag = metadata[TRANSACTIONS_FILTER]?.[at];
      return { has: flag === undefined ? 'no flag' : codeName(flag) };
    },
  },
  {
    kind: 'commit-hash',
    key: ({ metadata }) => toHex(metadata[COMMIT_HASH] ?? NOTHING),
    describe: ({ metadata }) => ({ has: commitHashIn(metadata[COMMIT_HASH] ?? NOTHING) }),
  },
  {
    kind: 'metadata',
    key: ({ metadata }) => [LAST_CONFIG, ORDERER].map((index) => sha256(metadata[index] ?? NOTHING)).join(),
    describe: ({ metadata }) => ({
      has: [LAST_CONFIG, ORDERER]
        .map((index) => `entry ${String(index)} with SHA-256 ${sha256(metadata[index] ?? NOTHING)}`)
        .join(' and '),
    }),
  },
];

function commitHashIn(bytes: Uint8Array): string {
  return recover(
    () => toHex(decode(Metadata, bytes).value) || 'none',
    () => `something unreadable with SHA-256 ${sha256(bytes)}`,
  );
}

function firstIndex(length: number, isSame: (at: number) => boolean): number | undefined {
  const at = Array.from({ length }, (_, index) => index).findIndex((index) => !isSame(index));
  return at < 0 ? undefined : at;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Those with the same key together, in the order in which the keys first come. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}
