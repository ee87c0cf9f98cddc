import { getNamedType, isAbstractType, isCompositeType, isObjectType, isRequiredArgument } from 'graphql';
import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';

/**
 * The selection of everything that a field of `Query` can tell, so that a test forgets no field: each under a name of its own
 * (types of a union may differ in a field). What can be asked for by itself, or stands inside itself, is told there by its plain
 * fields alone; the `nodes` of a connection stand in its `edges`; and what a recheck comes to is no part of what is known.
 */
export function wholeAnswer(schema: GraphQLSchema, query: string): string {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const field = fields[query];
  if (!field) throw new Error(`there is no query ${query}`);
  const byThemselves = Object.values(fields).map(({ type }) => getNamedType(type).name);
  return selectionOf(schema, field, new Set(byThemselves), getNamedType(field.type).name);
}

function selectionOf(
  schema: GraphQLSchema,
  { type }: GraphQLField<unknown, unknown>,
  plain: ReadonlySet<string>,
  root?: string,
): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [named].filter(isObjectType);
  const parts = types.map((each) => {
    const isPlain = plain.has(each.name) && each.name !== root;
    return `... on ${each.name} { ${fieldsOf(schema, each, plain, isPlain)} }`;
  });
  return `{ __typename ${parts.join(' ')} }`;
}

function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  plain: ReadonlySet<string>,
  isPlain: boolean,
): string {
  const inside = new Set([...plain, type.name]);
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter(({ name }) => name !== 'nodes' && name !== 'recheck')
    .filter((field) => !isPlain || !isCompositeType(getNamedType(field.type)))
    .map((field) => `${type.name}_${field.name}: ${field.name} ${selectionOf(schema, field, inside)}`)
    .join(' ');
}
