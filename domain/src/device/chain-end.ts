import type { Violation } from '../errors/violations.js';
import { object } from '../shape/composites.js';
import { such, integer } from '../shape/scalars.js';
import { broken, type Shape } from '../shape/shape.js';
import { isStatementId } from '../statement/statement-id.js';

/** Where a key's chain of statements ends: the last number it used, 0 before the first, and that statement's id. */
export type ChainEnd = { readonly seq: number; readonly last?: string };

/** The members of a chain's end, for the shapes that have it among others. */
export const chainEndMembers = {
  seq: integer(0),
  last: such(isStatementId, 'a statementId'),
} as const;

/** A shape in which `last` has to be there exactly when a number was used. */
export function withLastStatement<T extends ChainEnd>(shape: Shape<T>): Shape<T> {
  return (value, pointer, violations: Violation[]) => {
    const end = shape(value, pointer, violations);
    if (end === undefined || (end.seq === 0) === (end.last === undefined)) return end;
    const rule = end.seq === 0 ? 'must not be there when seq is 0' : 'is missing: seq names a statement';
    broken(violations, `${pointer}/last`, rule);
    return undefined;
  };
}

export const chainEnd = withLastStatement(
  object<ChainEnd>({ seq: chainEndMembers.seq }, { last: chainEndMembers.last }),
);
