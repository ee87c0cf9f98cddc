import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { GatewayMetrics } from './metrics.js';

/** Counts what leaves the gateway as a refusal, by the codes that its caller sees. */
export function refusalsPlugin(metrics: Pick<GatewayMetrics, 'refused'>): Plugin {
  return {
    onResultProcess({ result }) {
      for (const one of [result].flat()) countRefusals(metrics, one as ExecutionResult);
    },
  };
}

/** Counts the refusals in one answer. */
export function countRefusals(
  metrics: Pick<GatewayMetrics, 'refused'>,
  { errors = [] }: Pick<ExecutionResult, 'errors'>,
): void {
  for (const { extensions } of errors) metrics.refused(String(extensions['code']));
}
