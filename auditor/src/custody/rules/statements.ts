import {
  checkMaySign,
  checkSignsFor,
  keys,
  PassageError,
  readEquivocation,
  statementIdOf,
  verifyEquivocation,
  verifyStatement,
} from '@passage/domain';
import { lawful, unless } from '../custody-rule.js';
import { changesOf, textsIn } from '../custody-transaction.js';
import type { DeviceRecord, UnverifiedStatement } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';

/** Whatever was recorded as a device's statement was signed by its key, for this ledger, while the key could sign. */
export const signatures: CustodyRule = {
  check: 'device-signature',
  look: (transaction) => [
    ...changesOf(transaction, 'statement').map((change) => lookAtSignature(change, transaction)),
    ...changesOf(transaction, 'equivocation').map((change) => lookAtProof(change, transaction)),
  ],
};

/** Each number of a key belongs to one statement for ever, and what was sent stands under its own. */
export const sequences: CustodyRule = {
  check: 'sequence',
  look: (transaction) => [
    ...changesOf(transaction, 'statement').map(({ key, before, after }) =>
      unless(
        before === undefined || before.id === after.id,
        `${key} stays ${before ? statementIdOf(before) : ''}`,
        statementIdOf(after),
      ),
    ),
    ...transaction.statements.map((statement) => lookForRecord(statement, transaction)),
  ],
};

function lookAtSignature(
  { key, ids, after }: Change<'statement'>,
  { act, ledger, before, actor, statements, outcome, signed }: CustodyTransaction,
): Looked {
  const id = statementIdOf(after);
  const statement = statements.find(({ statementId }) => statementId === id);
  const [kid = '', seq] = ids;
  const expected = `${id} signed by the device ${kid}, under ${key}`;
  if (statement === undefined) return { expected, found: 'no such statement in the transaction' };
  const { header } = statement;
  if (header.kid !== kid || String(header.seq) !== seq) {
    return { expected, found: `a statement of ${header.kid}, number ${String(header.seq)}` };
  }
  if (header.aud !== ledger) return { expected, found: `it was signed for the ledger ${header.aud}` };
  const device = before.get(keys.device(kid));
  if (device === undefined) return { expected, found: 'no such device is registered' };
  const late = act === 'FileLateEvidence';
  if ((after.late === true) !== late) return { expected, found: `late: ${String(after.late === true)}` };
  return (
    lawful(expected, () => {
      // The domain has checked the signature of what it records; it is not checked twice.
      if (outcome?.writes?.has(key) !== true) verifyStatement(statement, device.jwk, signed);
      if (!late) checkMaySign(device, { seq: header.seq, statementId: id });
      checkSignsFor(device, statement.payload);
    }) ?? (late ? lookAtLateness(expected, device, actor?.party.partyId) : undefined)
  );
}

/** Late evidence is of a key that was revoked, and filed by its owner. */
function lookAtLateness(expected: string, { status, owner }: DeviceRecord, by: string | undefined): Looked {
  return unless(
    status === 'revoked' && owner === by,
    expected,
    `filed late by ${by ?? 'nobody'}, the key is ${status}`,
  );
}

function lookForRecord({ header, statementId }: UnverifiedStatement, { after }: CustodyTransaction): Looked {
  const key = keys.statement(header.kid, header.seq);
  const record = after.get(key);
  const found = record === undefined ? 'nothing' : statementIdOf(record);
  return unless(found === statementId, `${statementId} under ${key}`, found);
}

/** A proof of equivocation is what the key has signed, both of it. */
function lookAtProof({ key, ids, after }: Change<'equivocation'>, transaction: CustodyTransaction): Looked {
  const { input, before } = transaction;
  const [one = '', other = ''] = textsIn(input, 'statements');
  return lawful(`two statements that the device has signed, as ${key} says`, () => {
    const proof = readEquivocation(one, other);
    const device = before.get(keys.device(proof.kid));
    if (device === undefined) throw new PassageError('DEVICE_UNKNOWN', `${proof.kid} is not registered`);
    verifyEquivocation(proof, device.jwk);
    const named = proof.statements.map(({ statementId }) => statementId);
    const kept = after.statements.map((id) => statementIdOf({ id }));
    const same =
      named.every((id) => kept.includes(id)) && `${proof.kid}/${String(proof.seq)}` === ids.join('/');
    if (!same) throw new PassageError('NOT_EQUIVOCATION', `the proof is about other statements`);
  });
}
