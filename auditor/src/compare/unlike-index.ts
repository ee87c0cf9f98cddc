import type { IndexDigest, StatePart } from './index-digest-file.js';
import type { SourceDifference, SourceDifferenceKind } from './source-difference.js';

/** What the ledger has of what an index says. */
export type LedgerDigest = Omit<IndexDigest, 'every'>;

/**
 * In what an index is not as the ledger up to its height, the first thing in front. What follows from another header is not told
 * again: another chain has other verdicts and another state.
 *
 * @param ledger what the ledger's sources are called
 * @param index what the index is called
 */
export function unlikeIndex(
  own: LedgerDigest,
  said: IndexDigest,
  ledger: string,
  index: string,
): readonly SourceDifference[] {
  const differs = (
    kind: SourceDifferenceKind,
    block: number,
    has: readonly [string, string],
  ): SourceDifference => ({
    block,
    kind,
    versions: [
      { sources: [ledger], has: has[0] },
      { sources: [index], has: has[1] },
    ],
  });
  if (own.genesisHash !== said.genesisHash)
    return [differs('header', 0, [`genesis block ${own.genesisHash}`, `genesis block ${said.genesisHash}`])];
  if (own.channel !== said.channel)
    return [differs('header', 0, [`channel ${own.channel}`, `channel ${said.channel}`])];

  const header = firstUnlike(own, said, 0);
  if (header !== undefined) return [differs('header', header.block, header.has)];
  if (own.height < said.height)
    return [
      differs('height', own.height, [
        `no more than ${String(own.height)} blocks`,
        `${String(said.height)} blocks`,
      ]),
    ];
  const last = said.height - 1;
  const verdict = firstUnlike(own, said, 1);
  const ends = (['headerHash', 'commitHash'] as const).filter((name) => own[name] !== said[name]);
  return [
    ...(verdict === undefined ? [] : [differs('flags', verdict.block, verdict.has)]),
    ...ends.map((name) =>
      differs(name === 'headerHash' ? 'header' : 'commit-hash', last, [own[name], said[name]]),
    ),
    ...unlikeParts(own.state, said.state).map((name) =>
      differs('state', last, [describePart(name, own.state[name]), describePart(name, said.state[name])]),
    ),
  ];
}

/** The first checkpoint that is another one: of headers (0) or verdicts (1). */
function firstUnlike(
  own: LedgerDigest,
  said: IndexDigest,
  part: 0 | 1,
): { readonly block: number; readonly has: readonly [string, string] } | undefined {
  const at = own.checkpoints.findIndex((pair, index) => pair[part] !== said.checkpoints[index]?.[part]);
  if (at < 0) return undefined;
  const [first, last] = [at * said.every, Math.min((at + 1) * said.every, said.height) - 1];
  const place =
    first === last ? `of block ${String(first)}` : `in blocks ${String(first)} to ${String(last)}`;
  const what = part === 0 ? 'header hashes' : 'verdicts';
  const digest = (hash: string | undefined): string =>
    `${what} ${place} that come to the SHA-256 ${hash ?? 'of none'}`;
  return { block: first, has: [digest(own.checkpoints[at]?.[part]), digest(said.checkpoints[at]?.[part])] };
}

function unlikeParts(own: LedgerDigest['state'], said: LedgerDigest['state']): readonly string[] {
  const names = [...new Set([...Object.keys(own), ...Object.keys(said)])].sort();
  return names.filter(
    (name) => own[name]?.keys !== said[name]?.keys || own[name]?.sha256 !== said[name]?.sha256,
  );
}

function describePart(name: string, part: StatePart | undefined): string {
  if (part === undefined) return `no ${name}`;
  return `${String(part.keys)} keys of ${name} with SHA-256 ${part.sha256}`;
}
