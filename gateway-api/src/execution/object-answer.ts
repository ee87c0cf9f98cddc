import type {
  DocumentNode,
  FieldNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import { isNonNullType } from 'graphql';

import { attempted, completing } from './completion.js';
import type { AnswerObject } from './completion.js';
import { failed, isComing } from './run.js';
import type { Arguments, Complete, Part, Place, Run } from './run.js';
import { SelectedFields } from './selected-fields.js';

/** Answers what some selections ask of objects of one type. */
type AnswersFor = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]) => AnswerObject;

/** A field as it is answered. */
interface AnsweredField extends Part {
  readonly key: string;
  /** What its resolver gives, or the promise of it. */
  readonly read: (source: unknown, run: Run) => unknown;
  readonly complete: Complete;
}

type Reader = (args: Arguments, context: unknown) => unknown;

const noArguments: Arguments = {};

/** How the objects of an answer are made (GraphQL specification, 6.3 ExecuteSelectionSet, for queries). */
export function answersFor(schema: GraphQLSchema, document: DocumentNode): AnswersFor {
  const selected = new SelectedFields(schema, document);
  const answers: AnswersFor = (type, sets) => {
    const fields = [...selected.of(type, sets)].map(([key, nodes]) => fieldOf(type, key, nodes));
    return (source, place, run) => answered(fields, source, place, run);
  };
  const fieldOf = (type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): AnsweredField => {
    const [node] = nodes;
    const name = node?.name.value ?? key;
    const definition = type.getFields()[name];
    if (!node || !definition) return typeName(type, key, nodes);
    const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return {
      ...{ key, nodes, isNullable: !isNonNullType(definition.type) },
      read: reading(definition, node),
      complete: completing(definition.type, {
        ...{ schema, nodes, name: `${type.name}.${name}` },
        answers: (object) => answers(object, below),
      }),
    };
  };
  return answers;
}

/** `__typename`: a validated text selects no other field that its type has not. */
function typeName({ name }: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): AnsweredField {
  return { key, nodes, isNullable: false, read: () => name, complete: (value) => value };
}

function reading(definition: GraphQLField<unknown, unknown>, node: FieldNode): AnsweredField['read'] {
  const { name, args, resolve } = definition;
  const argumentsIn = (run: Run): Arguments =>
    args.length === 0 ? noArguments : run.argumentsOf(definition, node);
  if (resolve) {
    const resolver = resolve as (source: unknown, args: Arguments, context: unknown) => unknown;
    return (source, run) => resolver(source, argumentsIn(run), run.context);
  }
  return (source, run) => {
    const node = source as Readonly<Record<string, unknown>>;
    const value = node[name];
    return typeof value === 'function' ? (node[name] as Reader)(argumentsIn(run), run.context) : value;
  };
}

function answered(
  fields: readonly AnsweredField[],
  source: unknown,
  above: Place | undefined,
  run: Run,
): unknown {
  const answer: Record<string, unknown> = {};
  let waiting: PromiseLike<void>[] | undefined;
  for (const field of fields) {
    const value = valueOf(field, source, { above, key: field.key }, run);
    // The place is taken, so that the fields stand in the order of the text.
    answer[field.key] = value;
    if (!isComing(value)) continue;
    waiting ??= [];
    waiting.push(value.then((come) => void (answer[field.key] = come)));
  }
  return waiting === undefined ? answer : Promise.all(waiting).then(() => answer);
}

function valueOf(field: AnsweredField, source: unknown, place: Place, run: Run): unknown {
  let value: unknown;
  try {
    value = field.read(source, run);
  } catch (error) {
    return failed(error, field, place, run);
  }
  return attempted(value, field.complete, field, place, run);
}
