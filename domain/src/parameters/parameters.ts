import { canonicalJson } from '../json/canonical.js';
import type { Violation } from '../errors/violations.js';
import { object } from '../shape/composites.js';
import type { Shape } from '../shape/shape.js';
import { broken } from '../shape/shape.js';
import { parameterNames, parameterTable, type ParameterName, type Parameters } from './parameter-table.js';

/** Values of some parameters. */
export type ParameterChanges = Partial<Parameters>;

function each<T>(value: (name: ParameterName) => T): { readonly [Name in ParameterName]: T } {
  return Object.fromEntries(parameterNames.map((name) => [name, value(name)])) as Record<ParameterName, T>;
}

/** What holds on a ledger on which nobody has agreed on anything. */
export const defaultParameters = each((name) => parameterTable[name].byDefault) as Parameters;

const anyChanges = object<ParameterChanges>(
  {},
  each((name) => parameterTable[name].shape) as Record<ParameterName, Shape<never>>,
);

/** Values of parameters in an input or a record: those of the table, each as the table allows it. */
export const parameterChanges: Shape<ParameterChanges> = (value, pointer, violations) => {
  const changes = anyChanges(value, pointer, violations);
  const kinds = changes?.silences?.map(({ kind }) => kind) ?? [];
  if (new Set(kinds).size === kinds.length) return changes;
  broken(violations, `${pointer}/silences`, 'must not name a kind twice');
  return undefined;
};

/** The value of every parameter, once `values` are agreed on. */
export function withDefaults(values: ParameterChanges = {}): Parameters {
  return { ...defaultParameters, ...values };
}

/** Every rule that a change breaks: it changes something, and what comes of it fits together. */
export function changeViolations(before: Parameters, changes: ParameterChanges): readonly Violation[] {
  const names = Object.keys(changes) as ParameterName[];
  const after = { ...before, ...changes };
  const nothing = { pointer: '/changes', code: 'VALUE', message: 'must name at least one parameter' };
  const same = names
    .filter((name) => canonicalJson(after[name]) === canonicalJson(before[name]))
    .map((name) => ({ pointer: `/changes/${name}`, code: 'VALUE', message: 'is in force already' }));
  const tooShort = {
    pointer: '/changes',
    code: 'VALUE',
    message: 'must leave offerHours within longestOfferDays',
  };
  return [
    ...(names.length === 0 ? [nothing] : []),
    ...same,
    ...(after.offerHours > after.longestOfferDays * 24 ? [tooShort] : []),
  ];
}
