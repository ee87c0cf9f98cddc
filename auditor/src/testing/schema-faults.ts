import { readFileSync } from 'node:fs';

/** As much of JSON Schema 2020-12 as the auditor's schemas use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null';
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const url = new URL('../../schemas/reports.schema.json', import.meta.url);
const { $defs = {} } = JSON.parse(readFileSync(url, 'utf8')) as Schema;

/** How a value breaks the published schema of a report, in sentences with a JSON pointer; none if it conforms. */
export function schemaFaults(name: 'replay' | 'comparison' | 'corpus', value: unknown): readonly string[] {
  // As a reader gets it: members that are undefined are not written.
  return faultsOf(definition(name), JSON.parse(JSON.stringify(value)), '');
}

function definition(name: string): Schema {
  const found = $defs[name];
  if (found === undefined) throw new Error(`the schema defines no ${name}`);
  return found;
}

function faultsOf(schema: Schema, value: unknown, at: string): readonly string[] {
  if (schema.$ref !== undefined) return faultsOf(definition(schema.$ref.replace('#/$defs/', '')), value, at);
  if (schema.anyOf !== undefined) {
    const all = schema.anyOf.map((one) => faultsOf(one, value, at));
    return all.some((faults) => faults.length === 0) ? [] : all.flat();
  }
  const allowed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (allowed !== undefined) return allowed.includes(value) ? [] : [`${at} is none of ${String(allowed)}`];
  return typeOf(value) === schema.type
    ? faultsWithin(schema, value, at)
    : [`${at} is no ${String(schema.type)}`];
}

/** Of a value of the right type. */
function faultsWithin(schema: Schema, value: unknown, at: string): readonly string[] {
  if (typeof value === 'string')
    return new RegExp(schema.pattern ?? '').test(value)
      ? []
      : [`${at} is not like ${String(schema.pattern)}`];
  if (Array.isArray(value))
    return value.flatMap((item, index) => faultsOf(schema.items ?? {}, item, `${at}/${String(index)}`));
  return typeOf(value) === 'object' ? faultsInMembers(schema, value as Record<string, unknown>, at) : [];
}

function faultsInMembers(
  { properties = {}, required = [], additionalProperties = true }: Schema,
  value: Readonly<Record<string, unknown>>,
  at: string,
): readonly string[] {
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    const schema = properties[name] ?? additionalProperties;
    if (schema === false) return [`${at}/${name} is not in the schema`];
    return schema === true ? [] : faultsOf(schema, member, `${at}/${name}`);
  });
  return [...missing, ...wrong];
}

function typeOf(value: unknown): Schema['type'] | 'number' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'object' | 'string' | 'boolean';
}
