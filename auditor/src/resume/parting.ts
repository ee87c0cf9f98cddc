import { AuditError } from '../errors.js';
import { describeHeader, signedHeader, type SignedHeader } from './signed-header.js';
import type { ChainHead } from '@passage/ledger';
import type { AuditDifference, Parting } from '../report.js';
import type { BlockSource } from '../source/block-source.js';

/**
 * Looks whether several sources still hold the last block that was judged before. A fork in any of them counts; who merely has
 * come to an earlier end does where all have, because else another one gives what he withholds.
 *
 * @throws AuditError of the first source, where none can be read
 */
export async function lookForPartings(
  sources: readonly BlockSource[],
  saved: { headers(): Iterable<SignedHeader> },
  head: ChainHead,
): Promise<Parting | undefined> {
  const found: (Parting | undefined)[] = [];
  const failures: AuditError[] = [];
  for (const source of sources) {
    try {
      found.push(await lookForParting(source, saved, head));
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      failures.push(error);
    }
  }
  const [failure] = failures;
  if (found.length === 0 && failure !== undefined) throw failure;
  const fork = found.find((parting) => parting?.kind === 'fork');
  return fork ?? (found.includes(undefined) ? undefined : found[0]);
}

/**
 * Looks whether a source still holds the last block that was judged before. Only where it does not, the source is read from its
 * first block on, to find where the two part.
 *
 * @throws AuditError of the source
 */
async function lookForParting(
  source: BlockSource,
  saved: { headers(): Iterable<SignedHeader> },
  head: ChainHead,
): Promise<Parting | undefined> {
  const last = Buffer.from(head.headerHash).toString('hex');
  for await (const { block } of source.blocks(head.height - 1)) {
    if (signedHeader(block).headerHash === last) return undefined;
    break;
  }
  return findParting(source, saved.headers(), head);
}

async function findParting(
  source: BlockSource,
  headers: Iterable<SignedHeader>,
  head: ChainHead,
): Promise<Parting> {
  const known = headers[Symbol.iterator]();
  let end: SignedHeader | undefined;
  for await (const { block } of source.blocks()) {
    const found = signedHeader(block);
    const next = known.next();
    if (next.done === true) break;
    if (next.value.headerHash !== found.headerHash) return parting('fork', next.value, found, head);
    end = found;
  }
  if (end === undefined)
    throw new AuditError(
      'SOURCE_NOT_FOUND',
      `${source.description} holds no block any more: compare with another peer`,
    );
  let last = end;
  for (let next = known.next(); next.done !== true; next = known.next()) last = next.value;
  return parting('rollback', last, end, head);
}

function parting(
  kind: Parting['kind'],
  known: SignedHeader,
  found: SignedHeader,
  { config }: ChainHead,
): Parting {
  const ends = kind === 'rollback' ? 'the chain ends at ' : '';
  const difference: AuditDifference = {
    block: found.block,
    check: 'chain-link',
    expected: `${describeHeader(known, config)}, as it was judged before`,
    found: `${kind}: ${ends}${describeHeader(found, config)}`,
  };
  return { kind, known, found, difference };
}
