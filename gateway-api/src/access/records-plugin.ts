import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { GatewayContext } from '../schema/context.js';

/**
 * Holds an answer back until what was recorded of it is on disk. The disk writes while the rest of the answer is put together; where
 * it cannot, there is no answer.
 */
export function recordsPlugin(): Plugin {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { records } = (args as ExecutionArgs).contextValue as GatewayContext;
      setExecuteFn(async (within: ExecutionArgs): Promise<ExecutionResult> => {
        const result = await (executeFn(within) as Promise<ExecutionResult> | ExecutionResult);
        await Promise.all(records);
        return result;
      });
    },
  };
}
