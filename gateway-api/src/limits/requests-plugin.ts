import type { ExecutionArgs, ExecutionResult } from 'graphql';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { Callers } from '../auth/token-plugin.js';
import { gatewayError } from '../errors.js';
import { toGraphQLError } from '../schema/graphql-errors.js';

/** Seconds after which a caller with too many requests may come back. */
const COME_BACK = 1;

/** Carries out at most so many requests of one caller at once; streams have a limit of their own. */
export function requestsPlugin(callers: Callers, most: number): Plugin<{ readonly request: Request }> {
  const atOnce = new Map<string, number>();
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { document, operationName, contextValue } = args as ExecutionArgs;
      if (getOperationAST(document, operationName)?.operation === 'subscription') return;
      const caller = callers.get((contextValue as { readonly request: Request }).request);
      const who = JSON.stringify([caller?.subject, caller?.org, caller?.party, caller?.role]);
      setExecuteFn(async (within: ExecutionArgs): Promise<ExecutionResult> => {
        const before = atOnce.get(who) ?? 0;
        if (before >= most) return { errors: [toGraphQLError(tooMany(before))] };
        atOnce.set(who, before + 1);
        try {
          return await (executeFn(within) as Promise<ExecutionResult> | ExecutionResult);
        } finally {
          const after = (atOnce.get(who) ?? 1) - 1;
          if (after === 0) atOnce.delete(who);
          else atOnce.set(who, after);
        }
      });
    },
  };
}

function tooMany(requests: number): ReturnType<typeof gatewayError> {
  return gatewayError(
    'TOO_MANY_REQUESTS',
    `${String(requests)} requests of this caller are being carried out`,
    {
      retryable: true,
      details: { retryAfter: COME_BACK },
      status: 429,
    },
  );
}
