import { isCustoms, keys } from '@passage/domain';
import { isSame } from './custody-rule.js';
import { lookAtOwnGoods } from './rules/decisions.js';
import { changesOf } from './custody-transaction.js';
import type { DecisionKind } from '@passage/domain';
import type { CustodyTransaction } from './custody-transaction.js';

/** Decisions that free goods. */
const releases: ReadonlySet<DecisionKind> = new Set(['units_released', 'hold_lifted', 'goods_released']);

/**
 * Officers who have to do with the goods that they released, in one sentence each: who was a party to them when he decided (which
 * breaks a rule besides), and who became one later, which no rule forbids.
 */
export function ownGoods(transaction: CustodyTransaction): readonly string[] {
  const released = changesOf(transaction, 'customs').flatMap(({ before, after: { ucr, latest } }) => {
    if (latest === undefined || !releases.has(latest.kind) || isSame(before?.latest, latest)) return [];
    const own = lookAtOwnGoods(ucr, transaction) !== undefined;
    return own ? [`${latest.decision.by} released ${ucr}, to which he is a party`] : [];
  });
  const joined = [
    ...changesOf(transaction, 'custody').map(({ after }) => ({ ucr: after.ucr, party: after.custodian })),
    ...changesOf(transaction, 'naming')
      // To be named as customs is to be told of the goods, no more.
      .filter(({ after }) => !isCustoms(after.role))
      .map(({ after }) => ({ ucr: after.ucr, party: after.partyId })),
  ];
  const later = joined.flatMap(({ ucr, party }) => {
    const release = transaction.before.get(keys.customs(ucr))?.release;
    return release?.by === party || release?.proposedBy === party
      ? [`${party} released ${ucr} at ${release.at}, and is a party to it now`]
      : [];
  });
  return [...released, ...later];
}
