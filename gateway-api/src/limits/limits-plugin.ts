import { GraphQLError, getOperationAST, parse } from 'graphql';
import type { DocumentNode, ExecutionArgs, ExecutionResult, ValidationRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import { gatewayError } from '../errors.js';
import type { GatewayCode } from '../errors.js';
import { coded, toGraphQLError } from '../schema/graphql-errors.js';
import { measure } from './measure.js';
import type { QueryLimits } from './query-limits.js';

/** Refuses requests that are beyond the limits, each limit with a code of its own. */
export function limitsPlugin(limits: QueryLimits): Plugin {
  return {
    onRequestParse({ request }) {
      if (request.method === 'POST' && !isJson(request.headers.get('content-type'))) throw otherContent();
      return {
        onRequestParseDone({ requestParserResult }) {
          if (!Array.isArray(requestParserResult)) return;
          throw beyond('BATCH_NOT_TAKEN', 'the body is a list of requests, and a gateway takes one');
        },
      };
    },
    onParse({ setParseFn }) {
      setParseFn((source: string) => parseWithin(source, limits.tokens));
    },
    onValidate({ addValidationRule }) {
      addValidationRule(measuresWithin(limits));
      return ({ result, setResult }) => {
        const errors: readonly unknown[] = result;
        setResult(errors.map((error) => (error instanceof GraphQLError ? validationError(error) : error)));
      };
    },
    onExecute({ args, executeFn, setExecuteFn }) {
      const { document, operationName } = args as ExecutionArgs;
      if (getOperationAST(document, operationName)?.operation !== 'query') return;
      setExecuteFn((within: ExecutionArgs) => inTime(() => executeFn(within) as Answer, limits.milliseconds));
    },
  };
}

/** Nothing else is taken: a page of another origin can send forms and plain text without being asked for, and JSON not. */
function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function otherContent(): ReturnType<typeof toGraphQLError> {
  return toGraphQLError(
    gatewayError('QUERY_INVALID', 'a request is sent as application/json', { status: 415 }),
  );
}

/** Parses a request of at most so many tokens: graphql-js stops at the first one too many. */
function parseWithin(source: string, most: number): DocumentNode {
  try {
    return parse(source, { maxTokens: most });
  } catch (error) {
    if (!(error instanceof Error) || !/tokens\. Parsing aborted/.test(error.message)) throw error;
    throw beyond('TOO_MANY_TOKENS', `the request has more than ${String(most)} tokens`);
  }
}

/** graphql-js gives up comparing fields that are selected many times over, and says no more than that. */
function validationError(error: GraphQLError): GraphQLError {
  if (error.message !== 'Validation aborted.') return coded(error);
  return beyond('QUERY_TOO_COSTLY', 'the same fields are selected too many times over');
}

function measuresWithin(limits: QueryLimits): ValidationRule {
  return function withinLimits(context) {
    const { depth, aliases, cost } = measure(context.getSchema(), context.getDocument());
    const report = (code: GatewayCode, sentence: string): void => {
      context.reportError(beyond(code, sentence));
    };
    if (depth > limits.depth)
      report('QUERY_TOO_DEEP', `fields lie ${String(depth)} deep, and ${String(limits.depth)} are taken`);
    if (aliases > limits.aliases)
      report(
        'TOO_MANY_ALIASES',
        `${String(aliases)} fields are renamed, and ${String(limits.aliases)} may be`,
      );
    if (cost > limits.cost)
      report(
        'QUERY_TOO_COSTLY',
        `the answer may have ${String(cost)} fields, and ${String(limits.cost)} are given`,
      );
    return {};
  };
}

type Answer = Promise<ExecutionResult> | ExecutionResult;

/** What the work answers, or `QUERY_TIMEOUT` once it has taken too long. */
export async function inTime(execute: () => Answer, milliseconds: number): Promise<ExecutionResult> {
  const { promise: late, resolve } = Promise.withResolvers<ExecutionResult>();
  const timer = setTimeout(() => {
    const sentence = `the answer was not there after ${String(milliseconds)} ms`;
    resolve({
      errors: [toGraphQLError(gatewayError('QUERY_TIMEOUT', sentence, { retryable: true, status: 503 }))],
    });
  }, milliseconds);
  try {
    return await Promise.race([execute(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function beyond(code: GatewayCode, sentence: string): ReturnType<typeof toGraphQLError> {
  return toGraphQLError(gatewayError(code, sentence, { status: 400 }));
}
