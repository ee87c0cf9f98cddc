import { canonicalJson } from '../json/canonical.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { broken, type Shape } from './shape.js';

type OptionalKey<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];
type RequiredKey<T> = Exclude<keyof T, OptionalKey<T>>;
type Required<T> = { readonly [Key in RequiredKey<T>]: Shape<T[Key]> };
type Optional<T> = { readonly [Key in OptionalKey<T>]: Shape<Exclude<T[Key], undefined>> };

/** An object with exactly these members: each required one present, and none that is not named. */
export function object<T extends object>(required: Required<T>, optional: Optional<T>): Shape<T> {
  const shapes = new Map<string, Shape<unknown>>([
    ...Object.entries(required),
    ...Object.entries(optional),
  ] as [string, Shape<unknown>][]);
  return (value, pointer, violations) => {
    const before = violations.length;
    if (!isJsonObject(value)) {
      broken(violations, pointer, 'must be an object');
      return undefined;
    }
    for (const member of Object.keys(value)) {
      if (!shapes.has(member))
        broken(violations, pointerTo(pointer, member), 'is not known here', 'UNKNOWN_MEMBER');
    }
    for (const member of Object.keys(required)) {
      if (!Object.hasOwn(value, member))
        broken(violations, pointerTo(pointer, member), 'is missing', 'MISSING');
    }
    const read = readMembers(shapes, value, (member, shape, inner) =>
      shape(inner, pointerTo(pointer, member), violations),
    );
    return violations.length === before ? (read as T) : undefined;
  };
}

function readMembers(
  shapes: ReadonlyMap<string, Shape<unknown>>,
  value: JsonObject,
  read: (member: string, shape: Shape<unknown>, inner: JsonValue) => unknown,
): object {
  const members: [string, unknown][] = [];
  for (const [member, shape] of shapes) {
    const inner = value[member];
    if (Object.hasOwn(value, member) && inner !== undefined)
      members.push([member, read(member, shape, inner)]);
  }
  return Object.fromEntries(members);
}

/** A list of `min` to `max` values, all different where `distinct` says so. */
export function list<T>(
  shape: Shape<T>,
  { min, max, distinct = false }: { readonly min: number; readonly max: number; readonly distinct?: boolean },
): Shape<readonly T[]> {
  return (value, pointer, violations) => {
    if (!isJsonArray(value) || value.length < min || value.length > max) {
      broken(violations, pointer, `must be a list of ${String(min)} to ${String(max)} entries`);
      return undefined;
    }
    const before = violations.length;
    const read = value.map((entry, index) => shape(entry, pointerTo(pointer, index), violations));
    if (violations.length > before) return undefined;
    // Two objects are never one in JavaScript: entries are the same where their JSON is.
    const isRepeated = distinct && new Set(value.map((entry) => canonicalJson(entry))).size < value.length;
    if (!isRepeated) return read as T[];
    broken(violations, pointer, 'must not repeat an entry');
    return undefined;
  };
}
