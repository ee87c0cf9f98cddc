import { declaredError, statementIdOf } from '@passage/domain';
import type { StatementRecord, UnverifiedStatement } from '@passage/domain';

import type { BlockRows } from './rows.js';
import type { Origin } from './tables/index.js';

/** The rows of an error declaration, which corrects the statement that its own record names. */
export function correctionRows(
  origin: Origin,
  { statementId, payload }: UnverifiedStatement,
  corrects: NonNullable<StatementRecord['corrects']>,
  correctives: readonly UnverifiedStatement[],
  rows: BlockRows,
): void {
  const { declarationTime = '', reason } = declaredError(payload);
  rows.correction.push({
    statement_id: statementId,
    corrected_id: statementIdOf(corrects),
    declaration_time: declarationTime,
    reason: reason ?? null,
    ...origin,
  });
  for (const [item, corrective] of correctives.entries()) {
    rows.corrective.push({
      statement_id: statementId,
      item,
      corrective_id: corrective.statementId,
      ...origin,
    });
  }
}
