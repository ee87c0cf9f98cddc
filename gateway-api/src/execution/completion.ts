import { GraphQLError, isAbstractType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import type {
  FieldNode,
  GraphQLAbstractType,
  GraphQLLeafType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql';

import { failed, isComing } from './run.js';
import type { Complete, Part, Place, Run } from './run.js';

/** Answers the fields that are selected of an object. */
export type AnswerObject = (source: unknown, place: Place | undefined, run: Run) => unknown;

/** Where a value is to be completed. */
export interface Completed {
  readonly schema: GraphQLSchema;
  /** What is selected of a type of object below the field. */
  readonly answers: (type: GraphQLObjectType) => AnswerObject;
  readonly nodes: readonly FieldNode[];
  /** The field, as errors name it. */
  readonly name: string;
}

/** How values of a type are completed (GraphQL specification, 6.4.3 CompleteValue). */
export function completing(type: GraphQLOutputType, field: Completed): Complete {
  if (isNonNullType(type)) {
    const nullable = completing(type.ofType, field);
    const there = (value: unknown): unknown => {
      if (value !== null) return value;
      throw new Error(`Cannot return null for non-nullable field ${field.name}.`);
    };
    return (value, place, run) => {
      const completed = nullable(value, place, run);
      return isComing(completed) ? completed.then(there) : there(completed);
    };
  }
  const complete = completingValue(type, field);
  return (value, place, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(value, place, run);
  };
}

function completingValue(type: GraphQLOutputType, field: Completed): Complete {
  if (isLeafType(type)) return completingLeaf(type);
  if (isListType(type)) return completingList(type.ofType, field);
  if (isObjectType(type)) return completingObject(type, field);
  if (isAbstractType(type)) return completingAbstract(type, field);
  throw new TypeError(`${String(type)} is no type of an answer`);
}

function completingLeaf(type: GraphQLLeafType): Complete {
  const isText = type.coerceOutputValue === String || type.name === 'String' || type.name === 'ID';
  return (value) => {
    if (isText && typeof value === 'string') return value;
    const completed = coerced(type, value);
    if (completed !== undefined && completed !== null) return completed;
    throw new Error(`${String(value)} is no ${type.name}`);
  };
}

/** What is answered for a fault of ours bears no code of its own: its error is not one of the request. */
function coerced(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return type.coerceOutputValue(value);
  } catch (error) {
    throw error instanceof GraphQLError ? new Error(error.message) : error;
  }
}

function completingList(type: GraphQLOutputType, field: Completed): Complete {
  const complete = completing(type, field);
  const part: Part = { nodes: field.nodes, isNullable: !isNonNullType(type) };
  return (value, above, run) => {
    if (!Array.isArray(value)) throw new Error(`${field.name} is a list, and was given none`);
    const elements: unknown[] = [];
    let waits = false;
    for (const element of value as readonly unknown[]) {
      const completed = attempted(element, complete, part, { above, key: elements.length }, run);
      if (isComing(completed)) waits = true;
      elements.push(completed);
    }
    return waits ? Promise.all(elements) : elements;
  };
}

/** What a value, or one that is yet to come, is completed to, or null where that fails and may. */
export function attempted(value: unknown, complete: Complete, part: Part, place: Place, run: Run): unknown {
  try {
    const completed = isComing(value)
      ? value.then((come) => complete(come, place, run))
      : complete(value, place, run);
    if (!isComing(completed)) return completed;
    return completed.then(undefined, (error: unknown) => failed(error, part, place, run));
  } catch (error) {
    return failed(error, part, place, run);
  }
}

function completingObject(type: GraphQLObjectType, { answers }: Completed): Complete {
  // Made when the first object comes: what is selected may lie deeper than any answer.
  let answer: AnswerObject | undefined;
  return (value, place, run) => (answer ??= answers(type))(value, place, run);
}

function completingAbstract(type: GraphQLAbstractType, field: Completed): Complete {
  const known = new Map<unknown, AnswerObject>();
  return (value, place, run) => {
    const { __typename: name } = value as { readonly __typename?: unknown };
    const answer = known.get(name) ?? field.answers(typeNamed(name, type, field));
    known.set(name, answer);
    return answer(value, place, run);
  };
}

function typeNamed(
  name: unknown,
  type: GraphQLAbstractType,
  { schema, name: field }: Completed,
): GraphQLObjectType {
  const named = typeof name === 'string' ? schema.getType(name) : undefined;
  if (isObjectType(named) && schema.isSubType(type, named)) return named;
  throw new Error(`${field} was given no ${type.name}`);
}
