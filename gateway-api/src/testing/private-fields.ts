import { getNamedType, isInputObjectType } from 'graphql';
import type { GraphQLInputType, GraphQLSchema } from 'graphql';

/**
 * Every private field of every act, as the schema has them: what is a commitment, and what opens one. `issueCertificate.commitments.commitment`
 * is the commitment of each entry of a list.
 */
export function privateFieldsOf(schema: GraphQLSchema): readonly string[] {
  const acts = Object.values(schema.getMutationType()?.getFields() ?? {});
  return acts.flatMap(({ name, args }) => args.flatMap(({ type }) => below(name, type))).sort();
}

const openingMembers = ['salt', 'value'];

function below(path: string, type: GraphQLInputType): readonly string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'Commitment' ? [path] : [];
  const fields = Object.values(named.getFields());
  const opens = fields.some(({ name }) => name === 'salt');
  return fields.flatMap((field) => {
    const member = `${path}.${field.name}`;
    return opens && openingMembers.includes(field.name) ? [member] : below(member, field.type);
  });
}

/** The paths, as above, under which an act's input has one of these values. */
export function pathsWith(values: ReadonlySet<unknown>, path: string, input: unknown): readonly string[] {
  if (Array.isArray(input)) return input.flatMap((entry) => pathsWith(values, path, entry));
  if (typeof input !== 'object' || input === null) return values.has(input) ? [path] : [];
  return Object.entries(input).flatMap(([name, value]) => pathsWith(values, `${path}.${name}`, value));
}
