import { keys } from '@passage/domain';
import { standingOf } from '../actor.js';
import { stepOf } from '../act-steps.js';
import { isSame, unless } from '../custody-rule.js';
import { changesOf } from '../custody-transaction.js';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { JsonObject } from '@passage/domain';
import type { Change, CustodyTransaction } from '../custody-transaction.js';

/** An act by somebody who may, which changes what the act changes, and leaves all else as it was. */
export const acts: CustodyRule = {
  check: 'act',
  look: (transaction) => [
    // What was done before is answered again to whoever did it, though he may not do it any more; that changes nothing.
    ...(transaction.written.size === 0 ? [] : [lookAtSender(transaction)]),
    ...transaction.unreadable.map(({ key, why }) => ({ expected: `a record under ${key}`, found: why })),
    ...transaction.changes.map((change) => lookAtStep(change, transaction)),
    ...changesOf(transaction, 'request').map((change) => lookAtRequest(change, transaction)),
    ...changesOf(transaction, 'ledger').map(({ after }) =>
      unless(after.ledger === transaction.ledger, `ledger ${transaction.ledger}`, after.ledger),
    ),
  ],
};

function lookAtSender(transaction: CustodyTransaction): Looked {
  const standing = standingOf(transaction);
  return 'breach' in standing ? standing.breach : undefined;
}

function lookAtStep({ kind, key, before, after }: Change, { act }: CustodyTransaction): Looked {
  const step = stepOf(act, kind);
  const allowed = `${act} ${step === undefined ? `leaves every ${kind} alone` : `does no more to ${key}`}`;
  if (step === undefined) return { expected: allowed, found: `${key} was written` };
  if (before === undefined) return unless(step.makes === true, allowed, 'it was made');
  // Of a number that is used again, the rule of sequences speaks.
  if (kind === 'statement') return undefined;
  if (step.changes === undefined)
    return { expected: `${key} is written once`, found: 'it was written again' };
  const changed = changedMembers(before, after).filter((member) => step.changes?.includes(member) !== true);
  return unless(changed.length === 0, allowed, `changed: ${changed.join(', ')}`);
}

function changedMembers(before: object, after: object): readonly string[] {
  const [old, fresh] = [before, after] as readonly JsonObject[];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (member) => !isSame(old?.[member], fresh?.[member]),
  );
}

/** A request is remembered as the act that it was, under the name of who sent it. */
function lookAtRequest(
  { key, ids, after }: Change<'request'>,
  { act, caller, input }: CustodyTransaction,
): Looked {
  const who = caller?.partyId ?? `admin:${caller?.mspId ?? ''}`;
  const names = after.command === act && ids[1] === input['requestId'];
  const sender = names && [who, `admin:${caller?.mspId ?? ''}`].includes(ids[0] ?? '');
  return unless(
    sender,
    `the request of ${act} by ${who}`,
    `${after.command} under ${keys.request(ids[0] ?? '', ids[1] ?? '')}, ${key}`,
  );
}
