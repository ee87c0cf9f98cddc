import { carriersIn, heldKeys, isCustomsKey, isCustomsWordOnDevice, keys } from '@passage/domain';
import { unless } from '../custody-rule.js';
import { changesOf } from '../custody-transaction.js';
import type { StateKey } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { CustodyTransaction } from '../custody-transaction.js';

/** Every key that customs keeps carries customs' policy, those of held goods for as long as they are held. */
export const keyPolicies: CustodyRule = {
  check: 'key-policy',
  look: (transaction) => [
    ...keptKeys(transaction).map((key) => lookAtPolicy(key, true, transaction)),
    ...changesOf(transaction, 'customs').flatMap(({ before, after }) => {
      const held = heldKeys(after, carriersIn(transaction.after, after.ucr));
      const was = before ? heldKeys(before, carriersIn(transaction.before, after.ucr)) : [];
      const freed = was.filter((key) => !held.includes(key));
      return [
        ...held.map((key) => lookAtPolicy(key, true, transaction)),
        ...freed.map((key) => lookAtPolicy(key, false, transaction)),
      ];
    }),
    ...changesOf(transaction, 'custody').map(({ key, ids }) => {
      const held = transaction.after.get(keys.customs(ids[0] ?? ''))?.inForce.length ?? 0;
      return lookAtPolicy(key, held > 0, transaction);
    }),
  ],
};

/** Keys that are customs' for good, by their kind or by what stands there. */
function keptKeys(transaction: CustodyTransaction): readonly StateKey[] {
  const byKind = transaction.changes.filter(({ kind, key }) => kind === 'guard' || isCustomsKey(key));
  // Shipments that name no customs are older than such policies.
  const shipments = changesOf(transaction, 'shipment').filter(({ after }) => after.customs !== undefined);
  const devices = changesOf(transaction, 'device').filter(
    ({ after }) => after.suspension?.by === 'equivocation' || isCustomsWordOnDevice(after),
  );
  return [...byKind, ...shipments, ...devices].map(({ key }) => key);
}

function lookAtPolicy(key: StateKey, kept: boolean, { after }: CustodyTransaction): Looked {
  const keeper = after.keeper(key);
  // A policy on a key that is not there leaves nothing.
  if (keeper === undefined) return undefined;
  const expected = kept ? `${key} under customs' policy` : `${key} under the policy of any two`;
  return unless(
    (keeper === 'customs') === kept,
    expected,
    keeper === 'customs' ? "customs' policy" : `${keeper} policy`,
  );
}
