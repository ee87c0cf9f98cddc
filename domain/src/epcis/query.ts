import type { Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import type { JsonObject } from '../json/value.js';
import { all, report, record, rule, text, type Check } from './check.js';
import { context, scopeOf } from './extensions.js';
import { fixedParameters, parameterFamilies } from './query-parameters.js';

const MAX_NAME_LENGTH = 1024;

/** The parameters of a SimpleEventQuery: the fixed ones, and those whose names are built from types, units or extensions. */
const parameters = record(
  { required: {}, optional: { '@context': context, ...Object.fromEntries(fixedParameters) } },
  (name, value, pointer, scope) => {
    const check = checkOf(name);
    if (check === undefined) report(scope, pointer, 'UNKNOWN_FIELD', 'is no parameter of SimpleEventQuery');
    else check(value, pointer, scope);
  },
);

function checkOf(name: string): Check | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  return parameterFamilies.find(([pattern]) => pattern.test(name))?.[1];
}

/** EPCIS 2.0 section 8.2.7.1: a limit either cuts the answer short or refuses a longer one, not both. */
const oneLimit = rule((query, pointer, scope) => {
  if (Object.hasOwn(query, 'eventCountLimit') && Object.hasOwn(query, 'maxEventCount')) {
    report(scope, pointerTo(pointer, 'maxEventCount'), 'VALUE', 'must not stand beside eventCountLimit');
  }
});

const query = all(parameters, oneLimit);

/** A query under a name, as it is created in a repository (EPCIS 2.0 section 12.7.2). */
const namedQuery = record(
  {
    required: { name: text('not be empty', (value) => value !== ''), query },
    optional: { '@context': context },
  },
  (_name, _value, pointer, scope) => report(scope, pointer, 'UNKNOWN_FIELD', 'is no field of a named query'),
);

/** Everything that is wrong with a query: bare parameters, or a name and a `query` of them. */
export function queryViolations(value: JsonObject): readonly Violation[] {
  const scope = scopeOf(value['@context']);
  const check = Object.hasOwn(value, 'query') ? namedQuery : query;
  check(value, '', scope);
  return scope.violations;
}

const PARAMETER =
  /^(?:eventType$|orderBy$|orderDirection$|eventCountLimit$|maxEventCount$|(?:EQ|GT|GE|LT|LE|WD|MATCH|EXISTS|HASATTR)_)/;

/** Whether an object without a `type` is meant as a query. */
export function isQuery(value: JsonObject): boolean {
  if (Object.hasOwn(value, 'type')) return false;
  return Object.hasOwn(value, 'query') || Object.keys(value).some((name) => PARAMETER.test(name));
}
