import { readFileSync } from 'node:fs';
import { isJsonArray, isJsonObject, readJson } from '@passage/domain';
import type { JsonObject, JsonValue } from '@passage/domain';

/** A schema that the evidence publishes. */
export function schemaOf(name: 'bundle-1' | 'verdict-1'): JsonObject {
  return readJson(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url))) as JsonObject;
}

/** An object as a program reads it that was printed. */
export function asPrinted(value: object): JsonObject {
  return readJson(Buffer.from(JSON.stringify(value)), { maxBytes: Infinity }) as JsonObject;
}

/** What a value breaks of the words of JSON Schema that our schemas use; a JSON pointer each. */
export function brokenIn(schema: JsonObject, value: JsonValue): readonly string[] {
  return broken(schema, value, schema, '');
}

function broken(schema: JsonObject, value: JsonValue, rule: JsonObject, at: string): readonly string[] {
  const { $ref, oneOf } = rule;
  if (typeof $ref === 'string') {
    const definitions = schema['$defs'] as JsonObject;
    return broken(schema, value, definitions[$ref.slice('#/$defs/'.length)] as JsonObject, at);
  }
  if (isJsonArray(oneOf ?? null)) {
    return (oneOf as JsonObject[]).some((one) => broken(schema, value, one, at).length === 0) ? [] : [at];
  }
  return [...brokenHere(value, rule, at), ...brokenInside(schema, value, rule, at)];
}

function brokenHere(value: JsonValue, rule: JsonObject, at: string): readonly string[] {
  const type = isJsonArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const text = typeof value === 'string' ? value : '';
  const checks = {
    type: (word: JsonValue) => word === type,
    const: (word: JsonValue) => word === value,
    enum: (words: JsonValue) => (words as JsonValue[]).includes(value),
    pattern: (word: JsonValue) => new RegExp(word as string, 'u').test(text),
    minimum: (word: JsonValue) => Number(value) >= Number(word),
    maximum: (word: JsonValue) => Number(value) <= Number(word),
    minLength: (word: JsonValue) => text.length >= Number(word),
    maxLength: (word: JsonValue) => text.length <= Number(word),
    minItems: (word: JsonValue) => (value as JsonValue[]).length >= Number(word),
    maxItems: (word: JsonValue) => (value as JsonValue[]).length <= Number(word),
    required: (names: JsonValue) => (names as string[]).every((name) => Object.hasOwn(value as object, name)),
  };
  const failed = Object.entries(checks).filter(([word, holds]) => {
    const said = rule[word];
    return said !== undefined && !holds(said);
  });
  return failed.map(([word]) => `${at} ${word}`);
}

function brokenInside(
  schema: JsonObject,
  value: JsonValue,
  { items, properties }: JsonObject,
  at: string,
): readonly string[] {
  if (isJsonArray(value))
    return value.flatMap((one, index) => broken(schema, one, items as JsonObject, `${at}/${index}`));
  if (!isJsonObject(value)) return [];
  const known = properties as JsonObject;
  return Object.entries(value).flatMap(([name, member]) => {
    const rule = known[name];
    return rule === undefined
      ? [`${at}/${name} unknown`]
      : broken(schema, member, rule as JsonObject, `${at}/${name}`);
  });
}

/** The names of all members that a schema speaks of, at any depth. */
export function membersIn(rule: JsonValue): readonly string[] {
  if (isJsonArray(rule)) return rule.flatMap(membersIn);
  if (!isJsonObject(rule)) return [];
  const { properties = {} } = rule;
  return [...Object.keys(properties as JsonObject), ...Object.values(rule).flatMap(membersIn)];
}
