import type { Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';

/** What the checks of one value share: which prefixes its `@context` declares, and what is wrong so far. */
export interface Scope {
  readonly knowsPrefix: (prefix: string) => boolean;
  readonly violations: Violation[];
}

/** Judges one value and adds what is wrong to the scope. */
export type Check = (value: JsonValue, pointer: string, scope: Scope) => void;

export type ViolationCode = 'MISSING' | 'TYPE' | 'VALUE' | 'UNKNOWN_FIELD';

export function report(scope: Scope, pointer: string, code: ViolationCode, message: string): void {
  scope.violations.push({ pointer, code, message });
}

/** A string for which `holds` is true; `must` completes "must …". */
export function text(must: string, holds: (value: string, scope: Scope) => boolean): Check {
  return (value, pointer, scope) => {
    if (typeof value !== 'string') report(scope, pointer, 'TYPE', 'must be a text');
    else if (!holds(value, scope)) report(scope, pointer, 'VALUE', `must ${must}`);
  };
}

/** One of the given words. */
export function oneOf(...words: readonly string[]): Check {
  return text(`be ${words.join(', ').replace(/, ([^,]+)$/, ' or $1')}`, (value) => words.includes(value));
}

/** Several checks of one value; each reports for itself. */
export function all(...checks: readonly Check[]): Check {
  return (value, pointer, scope) => {
    for (const check of checks) check(value, pointer, scope);
  };
}

/** A list, each element of which passes `check`; empty only where `min` is 0. */
export function list(check: Check, min: 0 | 1 = 1): Check {
  return (value, pointer, scope) => {
    if (!isJsonArray(value)) {
      report(scope, pointer, 'TYPE', 'must be a list');
    } else if (value.length < min) {
      report(scope, pointer, 'VALUE', 'must not be empty');
    } else {
      value.forEach((element, index) => check(element, pointerTo(pointer, index), scope));
    }
  };
}

/** A list of texts, none of which stands there twice; empty only where `min` is 0. */
export function distinctList(check: Check, min: 0 | 1 = 0): Check {
  return all(list(check, min), (value, pointer, scope) => {
    const seen = new Set<JsonValue>();
    for (const [index, element] of (isJsonArray(value) ? value : []).entries()) {
      if (seen.has(element)) report(scope, pointerTo(pointer, index), 'VALUE', 'must not be there twice');
      seen.add(element);
    }
  });
}

/** A rule over an object's fields together, for values that are objects. */
export function rule(judge: (object: JsonObject, pointer: string, scope: Scope) => void): Check {
  return (value, pointer, scope) => {
    if (isJsonObject(value)) judge(value, pointer, scope);
  };
}

/** The fields an object may have, and which of them it must have; where a field is in both, the required one decides. */
export interface Fields {
  readonly required: Readonly<Record<string, Check>>;
  readonly optional: Readonly<Record<string, Check>>;
}

/** Judges an object's fields, and the names of its extensions. */
export function record({ required, optional }: Fields, extension: ExtensionCheck): Check {
  const checks = new Map([...Object.entries(optional), ...Object.entries(required)]);
  return (value, pointer, scope) => {
    if (!isJsonObject(value)) {
      report(scope, pointer, 'TYPE', 'must be an object');
      return;
    }
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) report(scope, pointerTo(pointer, name), 'MISSING', 'is missing');
    }
    for (const [name, member] of Object.entries(value)) {
      const check = checks.get(name);
      if (check === undefined) extension(name, member, pointerTo(pointer, name), scope);
      else check(member, pointerTo(pointer, name), scope);
    }
  };
}

/** Judges a member that is none of an object's own fields. */
export type ExtensionCheck = (name: string, value: JsonValue, pointer: string, scope: Scope) => void;

/** Whether an object has a list under this name with something in it. */
export function hasEntries(object: JsonObject, name: string): boolean {
  const value = object[name];
  return value !== undefined && isJsonArray(value) && value.length > 0;
}
