import type { ExecutionArgs, ExecutionResult } from 'graphql';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { Callers } from '../auth/token-plugin.js';
import type { RequestsAtOnce } from './requests-at-once.js';

/** Holds the requests of each caller to as many at once as there may be; streams have a limit of their own. */
export function requestsPlugin(
  callers: Callers,
  requests: RequestsAtOnce,
): Plugin<{ readonly request: Request }> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { document, operationName, contextValue } = args as ExecutionArgs;
      if (getOperationAST(document, operationName)?.operation === 'subscription') return;
      const caller = callers.get((contextValue as { readonly request: Request }).request);
      setExecuteFn((within: ExecutionArgs) =>
        requests.of(caller, () => executeFn(within) as Promise<ExecutionResult> | ExecutionResult),
      );
    },
  };
}
