import type { StatementFact } from '../facts/facts.js';
import type { LedgerPosition } from '../facts/ledger-position.js';
import { objectsOf } from '../facts/statement-fact.js';
import { metresApart } from '../facts/whereabouts.js';

/** How near is near. */
export interface WitnessTolerances {
  readonly metres: number;
  readonly milliseconds: number;
}

/** An independent statement that says the same of one object: that it was there then, and no more. */
export interface Witness {
  /** EPC or UCR. */
  readonly object: string;
  readonly statementId: string;
}

/**
 * The independent witnesses of a tainted statement. A witness is a clean statement of a device of another owner in another
 * organisation, recorded in a block before the key was revoked, about the same object, near in place and time. It lifts the taint
 * for the one fact that it covers.
 *
 * @param revoked where the tainted statement's key was revoked.
 * @param candidates clean statements of any keys.
 */
export function witnessesOf(
  tainted: StatementFact,
  revoked: LedgerPosition,
  candidates: readonly StatementFact[],
  near: WitnessTolerances,
): readonly Witness[] {
  const witnesses = candidates.filter(
    (candidate) =>
      candidate.owner !== tainted.owner &&
      candidate.mspId !== tainted.mspId &&
      candidate.at.block < revoked.block &&
      isNear(tainted, candidate, near),
  );
  return objectsOf(tainted).flatMap((object) => {
    const witness = witnesses.find((candidate) => objectsOf(candidate).includes(object));
    return witness ? [{ object, statementId: witness.statementId }] : [];
  });
}

function isNear(one: StatementFact, other: StatementFact, near: WitnessTolerances): boolean {
  if (one.eventTime === undefined || other.eventTime === undefined || !one.where || !other.where)
    return false;
  if (Math.abs(one.eventTime - other.eventTime) > near.milliseconds) return false;
  const metres = metresApart(one.where, other.where);
  return metres !== undefined && metres <= near.metres;
}
