import { refuseMoveWhileHeld, refuseWhileHeld } from '@passage/domain';
import { isSame, lawful } from '../custody-rule.js';
import { changesOf } from '../custody-transaction.js';
import type { ContainmentRecord } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';

/** Goods that are held stay where and whose they are. */
export const heldGoods: CustodyRule = {
  check: 'holds',
  look: (transaction) => [
    ...movedConsignments(transaction).map((ucr) =>
      lawful(`${ucr} stays while it is held`, () => {
        refuseWhileHeld(transaction.before, ucr);
      }),
    ),
    ...changesOf(transaction, 'containment').flatMap((change) => lookAtUnit(change, transaction)),
  ],
};

/** Consignments of which something happens that no hold allows. */
function movedConsignments(transaction: CustodyTransaction): readonly string[] {
  const handed = changesOf(transaction, 'custody').filter(
    ({ before, after }) =>
      before !== undefined && (before.custodian !== after.custodian || !isSame(before.ended, after.ended)),
  );
  const pickups = changesOf(transaction, 'pickup').filter(({ before }) => before === undefined);
  return [
    ...handed,
    ...changesOf(transaction, 'consolidation'),
    ...changesOf(transaction, 'drawdown'),
    ...pickups,
  ].map(({ after }) => after.ucr);
}

/** What goes in or out of a unit, or with it, is not held; a change of the key's policy alone moves nothing. */
function lookAtUnit(
  { before, after }: Change<'containment'>,
  { before: view }: CustodyTransaction,
): readonly Looked[] {
  const { unit, ucr, within } = after;
  const expected = `${ucr} stays as it is in ${unit} while it is held`;
  const goods = isSame(goodsOf(before), goodsOf(after))
    ? []
    : [
        lawful(expected, () => {
          refuseMoveWhileHeld(view, ucr, { goodsOf: unit });
        }),
      ];
  const moved =
    before?.within === within
      ? []
      : [
          lawful(expected, () => {
            refuseMoveWhileHeld(view, ucr, { unit, ...(within !== undefined && { into: within }) });
          }),
        ];
  return [...goods, ...moved];
}

function goodsOf(record: ContainmentRecord | undefined): ContainmentRecord['goods'] {
  return record?.goods;
}
