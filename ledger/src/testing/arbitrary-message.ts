import fc from 'fast-check';
import type { Message } from '../codec/index.js';
import type { FieldSpec } from '../codec/schema.js';

/** Any value of a message, built from its descriptor; nested ones end after a few levels. */
export function arbitraryMessage(type: Message<unknown>, depth = 3): fc.Arbitrary<Record<string, unknown>> {
  const groups = new Map<string, string[]>();
  for (const { name, group } of type.fields) {
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  const chosen = fc.tuple(...[...groups.values()].map((names) => fc.constantFrom(...names, '')));
  const model = Object.fromEntries(type.fields.map((field) => [field.name, arbitraryField(field, depth)]));
  return fc.tuple(fc.record(model, { requiredKeys: [] }), chosen).map(([record, choice]) =>
    Object.fromEntries(
      Object.entries(record).filter(([name, value]) => {
        const spec = type.fields.find((field) => field.name === name);
        return value !== undefined && (spec?.group === undefined || choice.includes(name));
      }),
    ),
  );
}

function arbitraryField(field: FieldSpec, depth: number): fc.Arbitrary<unknown> {
  if (field.entry !== undefined) {
    // Printable ASCII: the oracle orders map keys by UTF-16 units, Go and this library by UTF-8 bytes. And the oracle
    // loses the key `__proto__`.
    const text = fc.string().filter((key) => key !== '__proto__');
    const key = field.entry.key.kind === 'string' ? text : arbitraryValue(field.entry.key, depth);
    const value = arbitraryValue(field.entry.value, depth);
    return fc.array(fc.tuple(key, value), { maxLength: 3 }).map((entries) => new Map(entries));
  }
  return field.repeated
    ? fc.array(arbitraryValue(field, depth), { maxLength: 3 })
    : arbitraryValue(field, depth);
}

function arbitraryValue(field: FieldSpec, depth: number): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'bytes':
      return fc.uint8Array({ maxLength: 20 });
    case 'string':
      return fc.string({ unit: 'grapheme' });
    case 'bool':
      return fc.boolean();
    case 'int32':
      return fc.integer();
    case 'uint32':
      return fc.nat({ max: 2 ** 32 - 1 });
    case 'int64':
      return fc.maxSafeInteger();
    case 'uint64':
      return fc.maxSafeNat();
    case 'message':
      if (field.message === undefined) throw new Error('a message field without a message');
      return depth > 0 ? arbitraryMessage(field.message(), depth - 1) : fc.constant({});
    case 'map':
      throw new Error('a map is no single value');
  }
}
