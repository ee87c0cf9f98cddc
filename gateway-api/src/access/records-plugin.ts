import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { GatewayContext } from '../schema/context.js';

type Answer = Promise<ExecutionResult> | ExecutionResult;

/** Holds an answer back until what is recorded of it was written; where it cannot be, there is no answer. */
export function recordsPlugin(): Plugin {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { records } = (args as ExecutionArgs).contextValue as GatewayContext;
      setExecuteFn((within: ExecutionArgs) => recorded(records, () => executeFn(within) as Answer));
    },
  };
}

/** What the work answers, once `records`, to which it adds, were written. Throws what a record does. */
export async function recorded(
  records: readonly Promise<void>[],
  work: () => Answer,
): Promise<ExecutionResult> {
  const result = await work();
  await Promise.all(records);
  return result;
}
