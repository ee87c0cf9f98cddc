import {
  isCustoms,
  keys,
  PassageError,
  readDeviceRotation,
  verifyDeviceProof,
  verifyDeviceRotation,
} from '@passage/domain';
import { isSame, lawful, unless } from '../custody-rule.js';
import { changesOf, partyOf, textIn } from '../custody-transaction.js';
import type { DeviceRecord, DeviceStatus } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';

/** The life of the keys that sign: proven when they come, suspended, rotated and revoked by who may, and never brought back. */
export const deviceKeys: CustodyRule = {
  check: 'device-signature',
  look: (transaction) =>
    changesOf(transaction, 'device').map((change) =>
      change.before === undefined
        ? lookAtNewKey(change, transaction)
        : lookAtLife(change.before, change.after, transaction),
    ),
};

/** Whoever registers a key, or rotates to one, shows a proof made by it; a rotation is signed by the old key, too. */
function lookAtNewKey({ key, ids, after }: Change<'device'>, transaction: CustodyTransaction): Looked {
  const { input, ledger } = transaction;
  return lawful(`${key} with a proof of possession`, () => {
    const { kid, jwk, aud, claim } = verifyDeviceProof(textIn(input, 'proof') ?? '');
    const { owner, kind, place } = after;
    const proven = kid === ids[0] && isSame(jwk, after.jwk) && aud === ledger;
    const claimed = isSame(claim, { owner, kind, ...(place !== undefined && { place }) });
    if (!proven || !claimed) throw new PassageError('SIGNATURE_INVALID', `The proof is about another device`);
    if (owner !== partyOf(transaction)) throw new PassageError('NOT_OWNER', `${owner} did not send it`);
    if (after.predecessor !== undefined) requireRotation(after, transaction);
  });
}

/** @throws PassageError where the old key has not signed that this one takes its place */
function requireRotation({ kid, predecessor }: DeviceRecord, { input, before }: CustodyTransaction): void {
  const rotation = readDeviceRotation(textIn(input, 'rotation') ?? '');
  const old = before.get(keys.device(rotation.kid));
  if (old === undefined || rotation.claim.successor !== kid || predecessor?.kid !== old.kid)
    throw new PassageError('SIGNATURE_INVALID', 'The rotation is about other keys');
  verifyDeviceRotation(rotation, old.jwk);
}

/** From where each status is reached; nothing comes back from rotated and revoked. */
const comesFrom: Readonly<Record<DeviceStatus, readonly DeviceStatus[]>> = {
  active: ['active', 'suspended'],
  suspended: ['active', 'suspended'],
  rotated: ['active', 'rotated'],
  revoked: ['active', 'suspended', 'rotated', 'revoked'],
};

function lookAtLife(before: DeviceRecord, after: DeviceRecord, transaction: CustodyTransaction): Looked {
  const key = keys.device(after.kid);
  if (!comesFrom[after.status].includes(before.status))
    return { expected: `${key} stays ${before.status}`, found: after.status };
  const { act } = transaction;
  const suspender = after.suspension?.by;
  const found = `${act} by ${partyOf(transaction)}${suspender === undefined ? '' : `, suspended by ${suspender}`}`;
  return unless(mayTake(act, before, after, transaction), `a step of ${key} by who may take it`, found);
}

/** Whether who sent the act may take this step: suspensions are the owner's or customs', confirmations customs', all else the owner's. */
function mayTake(
  act: string,
  { owner, suspension: was }: DeviceRecord,
  { suspension: is }: DeviceRecord,
  transaction: CustodyTransaction,
): boolean {
  const { actor } = transaction;
  const [owns, customs] = [partyOf(transaction) === owner, actor !== undefined && isCustoms(actor.role)];
  const may: Readonly<Record<string, boolean>> = {
    FileEquivocation: is?.by === 'equivocation',
    ConfirmCompromise: customs,
    SuspendDevice: customs ? is?.by === 'customs' : owns && is?.by === 'owner',
    ResumeDevice: customs || (owns && was?.by === 'owner'),
  };
  return may[act] ?? owns;
}
