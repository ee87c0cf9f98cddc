import type { KeyFact, MadeIntoFact, StatementFact, WithinFact } from '../facts/facts.js';
import { objectsOf } from '../facts/statement-fact.js';
import type { Standing } from '../taint/judge-key.js';
import { reachOf, type Reached } from '../taint/reach.js';
import { witnessesOf, type Witness } from '../taint/witness.js';
import { step, wayBack, type Alert, type PathStep } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

/** A statement with what it is worth, and who lifts the taint of which of its facts. */
export interface JudgedStatement {
  readonly statement: StatementFact;
  readonly standing: Standing;
  /** Of a tainted statement; the objects that are named here are not tainted by it. */
  readonly witnesses: readonly Witness[];
}

/** Judges statements against one another: `standings` has what `judgeKey` says of each of their keys. */
export function judgeStatements(
  statements: readonly StatementFact[],
  keys: ReadonlyMap<string, KeyFact>,
  standings: ReadonlyMap<string, Standing>,
  tolerancesAt: TolerancesAt,
): readonly JudgedStatement[] {
  const standingOf = ({ statementId }: StatementFact): Standing =>
    standings.get(statementId) ?? { standing: 'clean' };
  const clean = statements.filter((statement) => standingOf(statement).standing === 'clean');
  return statements.map((statement) => {
    const standing = standingOf(statement);
    const revoked = keys.get(statement.kid)?.revoked;
    const tainted = standing.standing === 'tainted' && revoked !== undefined;
    return {
      statement,
      standing,
      witnesses: tainted ? witnessesOf(statement, revoked, clean, tolerancesAt(statement.at).witness) : [],
    };
  });
}

/** What the words of compromised keys touch, and what was filed late without proof. */
export function taintAlerts(
  judged: readonly JudgedStatement[],
  keys: ReadonlyMap<string, KeyFact>,
  within: readonly WithinFact[],
  madeInto: readonly MadeIntoFact[],
): readonly Alert[] {
  return judged.flatMap((each): readonly Alert[] => {
    const { statement, standing } = each;
    if (standing.standing === 'clean') return [];
    const cause = [step('statement', statement.statementId), step('device', statement.kid)];
    if (standing.standing === 'unproven') {
      return objectsOf(statement).map((object) =>
        alert('unproven', { object, at: statement.at, path: [{ object }] }, cause),
      );
    }
    const lifted = new Set(each.witnesses.map(({ object }) => object));
    const objects = objectsOf(statement).filter((object) => !lifted.has(object));
    const since = keys.get(statement.kid)?.compromise?.since;
    return reachOf(objects, statement.at, within, madeInto).map((reached) =>
      alert('tainted', reached, cause, since && { compromisedSince: { ...since } }),
    );
  });
}

function alert(
  kind: 'tainted' | 'unproven',
  reached: Reached,
  cause: readonly PathStep[],
  details: Alert['details'] = {},
): Alert {
  const { object: subject, at } = reached;
  return { kind, subject, at, path: [...wayBack(reached), ...cause], details };
}
