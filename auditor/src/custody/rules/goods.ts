import { canonicalJson, keys, mergeGoods } from '@passage/domain';
import { isSame, unless } from '../custody-rule.js';
import { changesOf } from '../custody-transaction.js';
import type { GoodsLine, JsonValue, ShipmentRecord } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { CustodyTransaction } from '../custody-transaction.js';

/** Consignments that are split or merged go on in others whole: no goods are lost, and none come to be. */
export const goods: CustodyRule = {
  check: 'quantities',
  look: (transaction) => {
    const made = changesOf(transaction, 'shipment').map(({ after }) => after);
    const parents = new Set(made.flatMap((shipment) => shipment.parents ?? []));
    const ended = changesOf(transaction, 'custody').flatMap(({ before, after }) =>
      isSame(before?.ended, after.ended) ? [] : [after.ucr],
    );
    const families = [...new Set([...parents, ...ended])].sort();
    return families.length === 0 ? [] : [lookAtGoods(families, made, transaction)];
  },
};

/** The goods of all that end, together, against those of all that come of them. */
function lookAtGoods(
  parents: readonly string[],
  made: readonly ShipmentRecord[],
  { before, after }: CustodyTransaction,
): Looked {
  const were = parents.map((ucr) => before.get(keys.shipment(ucr))?.goods ?? []);
  const [had, have] = [were, made.map(({ goods: lines }) => lines)].map((lines) => sumOf(lines));
  const children = made.map(({ ucr }) => ucr);
  const go = parents.every((ucr) =>
    isSame([...(after.get(keys.custody(ucr))?.ended?.into ?? [])].sort(), [...children].sort()),
  );
  const named = made.every((shipment) => isSame([...(shipment.parents ?? [])].sort(), parents));
  const expected = `${parents.join(', ')} into ${children.join(', ')}: ${had ?? ''}`;
  return unless(had === have && go && named, expected, have ?? '');
}

/** The lines of one kind added up, in an order that does not depend on who had them. */
function sumOf(consignments: readonly (readonly GoodsLine[])[]): string {
  return mergeGoods(consignments)
    .map((line) => canonicalJson(line as JsonValue))
    .sort()
    .join(' ');
}
