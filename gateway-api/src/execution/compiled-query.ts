import { getArgumentValues, getVariableValues } from 'graphql';
import type {
  DocumentNode,
  ExecutionResult,
  FieldNode,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableValues,
} from 'graphql';

import type { AnswerObject } from './completion.js';
import { answersFor } from './object-answer.js';
import { isComing } from './run.js';
import type { Arguments, Run } from './run.js';
import { isOutOfTheOrdinary } from './selected-fields.js';

type Data = Record<string, unknown> | null;

/** A query to be carried out; undefined where a variable has a value that its type does not take, and nothing was done. */
export type CompiledQuery = (
  variables: Readonly<Record<string, unknown>> | null | undefined,
  context: unknown,
) => Promise<ExecutionResult> | ExecutionResult | undefined;

/**
 * Finds out once what a validated text asks for: which fields of which types, and what becomes of their values. What is left for each
 * request is to read and to complete; it is answered as by the library's executor. Undefined for what is left to that one:
 * mutations, subscriptions, and what `isOutOfTheOrdinary`.
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledQuery | undefined {
  const type = schema.getQueryType();
  if (operation.operation !== 'query' || !type || isOutOfTheOrdinary(document)) return undefined;
  const answer = answersFor(schema, document)(type, [operation.selectionSet]);
  return (inputs, context) => {
    const { variableValues } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs ?? {});
    return variableValues && carriedOut(answer, newRun(context, variableValues));
  };
}

function newRun(context: unknown, variables: VariableValues): Run {
  const known = new Map<FieldNode, Arguments>();
  return {
    context,
    errors: [],
    argumentsOf(definition, node) {
      const given = known.get(node) ?? getArgumentValues(definition, node, variables);
      known.set(node, given);
      return given;
    },
  };
}

function carriedOut(answer: AnswerObject, run: Run): Promise<ExecutionResult> | ExecutionResult {
  const result = (data: unknown): ExecutionResult => {
    const { errors } = run;
    return { ...(errors.length > 0 && { errors }), data: data as Data };
  };
  // What fails where nothing above it may be null leaves no answer.
  const nothing = (error: unknown): ExecutionResult => {
    run.errors.push(error as GraphQLError);
    return result(null);
  };
  try {
    const data = answer(undefined, undefined, run);
    return isComing(data) ? Promise.resolve(data.then(result, nothing)) : result(data);
  } catch (error) {
    return nothing(error);
  }
}
