import { getOperationAST } from 'graphql';
import type { ExecutionArgs, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import { compileQuery } from './compiled-query.js';
import type { CompiledQuery } from './compiled-query.js';

/** Carries queries out as they were compiled when their text first came; the parsed text is yoga's to remember. */
export function compiledPlugin(): Plugin {
  const known = new WeakMap<OperationDefinitionNode, { readonly query: CompiledQuery | undefined }>();
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { schema, document, operationName } = args as ExecutionArgs;
      const operation = getOperationAST(document, operationName);
      if (!operation) return;
      const { query } = known.get(operation) ?? { query: compileQuery(schema, document, operation) };
      known.set(operation, { query });
      if (!query) return;
      setExecuteFn(
        (within: ExecutionArgs) =>
          query(within.variableValues, within.contextValue) ?? (executeFn(within) as ExecutionResult),
      );
    },
  };
}
