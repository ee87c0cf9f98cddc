/**
 * Writes a value as the one JSON text that stands for it (RFC 8785): members in the order of their UTF-16 code units, no
 * blanks, numbers in ECMAScript's shortest form. For what we store and digest ourselves; nothing that somebody else signed is
 * ever written again.
 *
 * @throws TypeError where the value is not plain JSON (undefined, NaN, a bigint, a lone surrogate, a class instance, a
 *   cycle): the fault of the program, never of its input.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** Deeper than anything we store; a cycle ends here. */
const MAX_DEPTH = 64;

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON: nested too deep, or a cycle');
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value))
        throw new TypeError(`canonical JSON: ${String(value)} is not a JSON number`);
      return JSON.stringify(value);
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('canonical JSON: half a surrogate pair in a string');
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : writeNested(value, depth + 1);
    default:
      throw new TypeError(`canonical JSON: ${typeof value} is not JSON`);
  }
}

function writeNested(value: object, depth: number): string {
  if (Array.isArray(value)) {
    // Array.from turns the holes of a sparse array into undefined, which `write` refuses.
    return `[${Array.from(value as unknown[], (element) => write(element, depth)).join(',')}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError('canonical JSON: only plain objects and arrays are JSON');
  }
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${write(name, depth)}:${write(member, depth)}`).join(',')}}`;
}
