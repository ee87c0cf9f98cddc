import { isErrorDeclaration } from '../correction/correction.js';
import { describeEvent } from '../epcis/describe-event.js';
import type { UnverifiedStatement } from '../statement/statement.js';
import type { StatementFact } from './facts.js';
import { subjectsOf } from './subjects.js';
import { whereaboutsOf } from './whereabouts.js';

/** What is known of a recorded statement besides its bytes. */
export type StatementOrigin = Pick<StatementFact, 'at' | 'ledgerTime' | 'owner' | 'mspId' | 'late'>;

/** The fact that a recorded statement is. One that declares an error repeats an earlier one, and tells nothing of its own. */
export function statementFact(statement: UnverifiedStatement, origin: StatementOrigin): StatementFact {
  const { payload } = statement;
  const subjects = subjectsOf(payload);
  if (isErrorDeclaration(payload)) return { ...origin, ...numbersOf(statement), ...subjects };
  const { eventTime, bizStep, disposition } = describeEvent(payload);
  const time = Date.parse(eventTime);
  const where = whereaboutsOf(payload);
  return {
    ...origin,
    ...numbersOf(statement),
    ...(!Number.isNaN(time) && { eventTime: time }),
    ...subjects,
    ...(where && { where }),
    ...(bizStep !== undefined && { bizStep }),
    ...(disposition !== undefined && { disposition }),
  };
}

/** Where a statement stands among those of its key. */
function numbersOf({
  header: { kid, seq, prev },
  statementId,
}: UnverifiedStatement): Pick<StatementFact, 'statementId' | 'kid' | 'seq' | 'prev'> {
  return { statementId, kid, seq, ...(prev !== undefined && { prev }) };
}

/** Everything that a statement is about. */
export function objectsOf({ things, consignments }: StatementFact): readonly string[] {
  return [...things, ...consignments];
}
