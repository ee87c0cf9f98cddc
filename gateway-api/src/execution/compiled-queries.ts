import { getOperationAST } from 'graphql';
import type { ExecutionArgs, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';

import { compileQuery } from './compiled-query.js';
import type { CompiledQuery } from './compiled-query.js';

/** Texts that are remembered. */
const MOST_TEXTS = 250;

/** The queries of this gateway's callers, each compiled when its text was first parsed, validated and measured. */
export class CompiledQueries {
  readonly #ofOperation = new WeakMap<
    OperationDefinitionNode,
    { readonly query: CompiledQuery | undefined }
  >();
  /** By text and operation; the least lately used first. */
  readonly #ofText = new Map<string, Map<string, CompiledQuery>>();

  /** The query of a text that was taken before; undefined where it is to be looked at first, or is left to the library's executor. */
  of({ query: text, operationName }: GraphQLParams): CompiledQuery | undefined {
    if (text === undefined) return undefined;
    const ofText = this.#ofText.get(text);
    const query = ofText?.get(operationName ?? '');
    if (!ofText || !query) return undefined;
    this.#ofText.delete(text);
    this.#ofText.set(text, ofText);
    return query;
  }

  /** Carries queries out as they were compiled. What comes to be carried out was taken. */
  plugin(): Plugin<{ readonly params: GraphQLParams }> {
    return {
      onExecute: ({ args, executeFn, setExecuteFn }) => {
        const { schema, document, operationName, contextValue } = args as ExecutionArgs;
        const operation = getOperationAST(document, operationName);
        if (!operation) return;
        const known = this.#ofOperation.get(operation);
        const { query } = known ?? { query: compileQuery(schema, document, operation) };
        this.#ofOperation.set(operation, { query });
        if (!query) return;
        this.#remember((contextValue as { readonly params: GraphQLParams }).params, query);
        setExecuteFn(
          (within: ExecutionArgs) =>
            query(within.variableValues, within.contextValue) ?? (executeFn(within) as ExecutionResult),
        );
      },
    };
  }

  #remember({ query: text, operationName }: GraphQLParams, query: CompiledQuery): void {
    if (text === undefined) return;
    const ofText = this.#ofText.get(text) ?? new Map<string, CompiledQuery>();
    this.#ofText.set(text, ofText.set(operationName ?? '', query));
    if (this.#ofText.size <= MOST_TEXTS) return;
    for (const oldest of this.#ofText.keys()) {
      this.#ofText.delete(oldest);
      break;
    }
  }
}
