import type { DeclarationRecord } from '../declaration/declaration-record.js';
import { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import type { Parameters } from '../parameters/parameter-table.js';
import type { AssessedDeclaration, RiskContribution, RiskScore } from './risk-record.js';

/** The points of all contributions together. */
export function sumOf(contributions: readonly RiskContribution[]): number {
  return contributions.reduce((sum, { points }) => sum + points, 0);
}

/** A score explains itself: each rule counts once, and the points add up to it. @throws PassageError INVALID_FIELD */
export function requireExplained({ score, contributions }: RiskScore): void {
  const rules = contributions.map(({ rule }) => rule);
  const twice = rules.flatMap((rule, index): readonly Violation[] =>
    rules.indexOf(rule) === index
      ? []
      : [
          {
            pointer: `/contributions/${String(index)}/rule`,
            code: 'DUPLICATE',
            message: 'has contributed already',
          },
        ],
  );
  const sum = sumOf(contributions);
  const message = `must be the sum of its contributions, which is ${String(sum)}`;
  const wrong = sum === score ? [] : [{ pointer: '/score', code: 'VALUE', message }];
  refuseViolations('The assessment', [...twice, ...wrong]);
}

/** Where rules were agreed on, an assessment rests on one of them, in that version. @throws PassageError INVALID_FIELD */
export function requireAgreedRules(
  { rules }: Pick<RiskScore, 'rules'>,
  { riskRules }: Pick<Parameters, 'riskRules'>,
): void {
  const isAgreed = riskRules.some(({ name, version }) => name === rules.name && version === rules.version);
  if (riskRules.length === 0 || isAgreed) return;
  const agreed = riskRules.map(({ name, version }) => `${name} ${version}`).join(', ');
  const message = `must be those that were agreed on: ${agreed}`;
  refuseViolations('The assessment', [{ pointer: '/rules', code: 'VALUE', message }]);
}

/**
 * Whether an assessment may be about this declaration now: it is one of the consignment's, in its newest version.
 *
 * @throws PassageError DECLARATION_UNKNOWN, DECLARATION_CHANGED
 */
export function requireAssessable(
  ucr: string,
  { declaration, version }: AssessedDeclaration,
  record: DeclarationRecord | undefined,
): void {
  if (record?.ucr !== ucr) {
    const message = `No declaration ${declaration} was lodged for ${ucr}`;
    throw new PassageError('DECLARATION_UNKNOWN', message, { declaration, ucr });
  }
  if (record.version === version) return;
  const message = `${declaration} stands in version ${String(record.version)}, not ${String(version)}`;
  throw new PassageError('DECLARATION_CHANGED', message, { declaration, version: record.version });
}
