import { holds, note, notChecked } from './verdict.js';
import type { EvidenceBundle } from '../bundle/index.js';
import type { Blocks } from './blocks.js';
import type { GoodStatement } from './completeness.js';
import type { JudgedEvent } from './events.js';
import type { GoodHead } from './tree-head.js';
import type { VerdictLine } from './verdict.js';

/** Orderers order what they are given; only who replays the ledger knows that it was valid, and says so by signing. */
export function validityLine(head: GoodHead | undefined, good: GoodStatement | undefined): VerdictLine {
  const organisations = [...new Set([...(head?.organisations ?? []), ...(good?.organisations ?? [])])].sort();
  return organisations.length === 0
    ? notChecked(
        'validity',
        'orderers do not sign which transactions are valid: replay the ledger, or ask for a signed statement',
      )
    : holds(
        'validity',
        `by the word of ${organisations.join(', ')}, who have judged the ledger: the bundle does not prove it by itself`,
      );
}

/** What the bundle shows of others than the consignment's own parties. */
export function revealsLine(
  { kind, events, state }: EvidenceBundle,
  judged: readonly JudgedEvent[],
  blocks: Blocks,
): VerdictLine {
  const others = new Set(judged.flatMap(({ besides = [] }) => besides)).size;
  const parties = state.filter(({ key }) => key.startsWith('party/')).length;
  const beside = `the configuration with every organisation’s certificates; who submitted and endorsed each command; ${others} other consignments that its commands are about, too; ${parties} party records`;
  if (kind === 'proofs')
    return note('reveals', `of others the bundle shows ${beside}; of everything else nothing but hashes`);
  const used = new Set(events.map(({ block, transaction }) => `${String(block)}/${String(transaction)}`))
    .size;
  const all = [...blocks.good.values()].reduce((sum, { block }) => sum + block.envelopes.length, 0);
  return note(
    'reveals',
    `of others the bundle shows ${beside}; and ${all - used} transactions of others that stand in the same blocks, and what stands beside it in the same transactions`,
  );
}

/** What no bundle of this format can show, whatever it holds. */
export const notInABundle: readonly VerdictLine[] = [
  notChecked(
    'not-in-a-bundle',
    'endorsement policies and read versions: they need the state before each transaction; passage replay judges them',
  ),
  notChecked(
    'not-in-a-bundle',
    'whether the chaincode run again gives the same writes: passage replay runs it',
  ),
  notChecked('not-in-a-bundle', 'what happened after the heights that are named here'),
  notChecked('not-in-a-bundle', 'whether sensors told the truth: a signature proves which key signed'),
];
