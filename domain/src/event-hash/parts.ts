import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { byCodePoint } from './canonical-values.js';
import { isScalar, plain, type Leaf } from './leaf.js';
import type { Names } from './names.js';

/** What is the same for a whole event: its namespaces, and the members that do not enter. */
export interface Surroundings {
  readonly names: Names;
  readonly ignored: ReadonlySet<string>;
}

/** A field of the pre-hash string: its member in JSON, and the text of its value ('' where there is nothing to say). */
export interface Field {
  readonly name: string;
  readonly write: (value: JsonValue, around: Surroundings) => string;
}

export function joinSorted(texts: readonly string[]): string {
  return [...texts].sort(byCodePoint).join('');
}

function entries(value: JsonValue): readonly JsonValue[] {
  return isJsonArray(value) ? value : [value];
}

/** `name=value`; a list gives one for each entry, sorted. */
export function values(name: string, leaf: Leaf, label = name): Field {
  return {
    name,
    write: (value, around) =>
      joinSorted(
        entries(value).flatMap((entry) => {
          if (!isScalar(entry)) return written(label, entry, around);
          const text = leaf(entry, around.names);
          return text === '' ? [] : [`${label}=${text}`];
        }),
      ),
  };
}

/** A list with a name of its own around its values: `epcListepc=…epc=…`. */
export function listOf(name: string, label: string, leaf: Leaf): Field {
  const inner = values(name, leaf, label);
  return { name, write: (value, around) => named(name, inner.write(value, around)) };
}

/** One object or several: `label` and the object's fields for each, sorted, behind the list's own name where it has one. */
export function objects(name: string, fields: readonly Field[], label = name, listName = ''): Field {
  const write = (value: JsonValue, around: Surroundings): string =>
    isJsonObject(value)
      ? named(label, fieldsOf(value, fields, around))
      : written(label, value, around).join('');
  return {
    name,
    write: (value, around) =>
      named(listName, joinSorted(entries(value).map((entry) => write(entry, around)))),
  };
}

function named(name: string, text: string): string {
  return text === '' ? '' : name + text;
}

/** An object's fields in their order, then its extensions, sorted. */
export function fieldsOf(object: JsonObject, fields: readonly Field[], around: Surroundings): string {
  const own = fields.map(({ name, write }) => {
    const value = object[name];
    return value === undefined ? '' : write(value, around);
  });
  const names = new Set(fields.map(({ name }) => name));
  return own.join('') + joinSorted(extensions(object, names, around));
}

/** Every member that is none of the given ones, as somebody's own. */
export function extensions(
  object: JsonObject,
  known: ReadonlySet<string>,
  around: Surroundings,
): readonly string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    known.has(name) || around.ignored.has(name) ? [] : written(around.names.member(name), value, around),
  );
}

/** A value of unknown meaning under its name: lists repeat the name, objects put their members behind it. */
function written(name: string, value: JsonValue, around: Surroundings): readonly string[] {
  if (isJsonArray(value)) return value.flatMap((entry) => written(name, entry, around));
  if (isJsonObject(value)) return [name + joinSorted(extensions(value, new Set(), around))];
  const text = plain(value, around.names);
  return [text === '' ? name : `${name}=${text}`];
}
