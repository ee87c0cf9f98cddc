/** The words of JSON Schema that our schemas use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: 'object' | 'array' | 'string';
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: false;
}

/** Where a value does not conform to a schema that uses these words alone. For tests. */
export function conformanceFaults(root: JsonSchema, value: unknown): string[] {
  return faultsAt('', root, value, root);
}

function faultsAt(path: string, schema: JsonSchema, value: unknown, root: JsonSchema): string[] {
  const target = schema.$ref === undefined ? schema : root.$defs?.[schema.$ref.replace('#/$defs/', '')];
  if (target === undefined) return [`${path}: no definition ${String(schema.$ref)}`];
  if (typeof value === 'string') return textFaults(path, target, value);
  if (Array.isArray(value)) return listFaults(path, target, value, root);
  if (typeof value !== 'object' || value === null || target.type !== 'object') return [`${path}: wrong type`];
  return objectFaults(path, target, value as Record<string, unknown>, root);
}

function listFaults(path: string, schema: JsonSchema, value: readonly unknown[], root: JsonSchema): string[] {
  const { items = {}, minItems = 0, type } = schema;
  const inner = value.flatMap((item, index) => faultsAt(`${path}/${index}`, items, item, root));
  return type === 'array' && value.length >= minItems ? inner : [path, ...inner];
}

function textFaults(path: string, schema: JsonSchema, value: string): string[] {
  const conforms =
    (schema.type === 'string' || schema.type === undefined) &&
    (schema.const === undefined || schema.const === value) &&
    (schema.enum === undefined || schema.enum.includes(value)) &&
    new RegExp(schema.pattern ?? '').test(value) &&
    value.length >= (schema.minLength ?? 0);
  return conforms ? [] : [`${path}: ${value}`];
}

function objectFaults(
  path: string,
  schema: JsonSchema,
  value: Record<string, unknown>,
  root: JsonSchema,
): string[] {
  const { properties = {}, required = [] } = schema;
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  const missing = required.filter((name) => value[name] === undefined);
  const inner = present.flatMap(([name, member]) => {
    const known = properties[name];
    if (known === undefined) return schema.additionalProperties === false ? [`${path}/${name}: unknown`] : [];
    return faultsAt(`${path}/${name}`, known, member, root);
  });
  return [...missing.map((name) => `${path}/${name}: missing`), ...inner];
}
