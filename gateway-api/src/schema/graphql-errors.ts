import { randomUUID } from 'node:crypto';

import { PassageError, isErrorCode } from '@passage/domain';
import { GraphQLError } from 'graphql';

import { Refusal, gatewayError, gatewayRules, messageOf, refusalOf } from '../errors.js';
import { diskFull, isDiskFull } from '../files/disk-full.js';
import type { Logger } from '../log.js';

/** A refusal as GraphQL clients see it: the code and what belongs to it under `extensions`. */
export function toGraphQLError(refusal: Refusal): GraphQLError {
  const { next, retryable, transactionId, endorsers, details } = refusal.facts;
  const retryAfter = retryAfterOf(refusal);
  return new GraphQLError(refusal.message, {
    cause: refusal,
    extensions: {
      code: refusal.code,
      retryable: retryable ?? false,
      ...(next !== undefined && { next }),
      ...(transactionId !== undefined && { transactionId }),
      ...(details !== undefined && { details }),
      ...(endorsers !== undefined && endorsers.length > 0 && { endorsers }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...httpOf(refusal, retryAfter),
    },
  });
}

/** Seconds after which the same request may succeed, where the refusal says so. */
function retryAfterOf({ facts: { details } }: Refusal): number | undefined {
  if (typeof details !== 'object' || details === null || !('retryAfter' in details)) return undefined;
  return typeof details.retryAfter === 'number' ? details.retryAfter : undefined;
}

/** Status and headers, where a refusal has its own: when to come back (RFC 9110, 10.2.3), what to prove (RFC 6750, 3). */
function httpOf({ code, facts: { status } }: Refusal, retryAfter: number | undefined): object {
  if (status === undefined) return {};
  const headers = {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(status === 401 && {
      'www-authenticate': code === 'UNAUTHENTICATED' ? 'Bearer' : 'Bearer error="invalid_token"',
    }),
  };
  return { http: { status, headers } };
}

/**
 * What leaves the gateway for an error: refusals with their code, GraphQL's own errors about the query as they are, and
 * for everything else, which is a fault of ours, nothing but an id that the log has too.
 */
export function errorMask(log: Logger): (error: unknown) => GraphQLError {
  return (error) => {
    const original = error instanceof GraphQLError ? error.cause : error;
    if (error instanceof GraphQLError && (original === undefined || original instanceof GraphQLError))
      return coded(error);
    const refusal = refusalIn(original);
    if (refusal) return placed(toGraphQLError(refusal), error);
    const id = randomUUID();
    log.error(
      { id, reason: messageOf(original), stack: original instanceof Error ? original.stack : undefined },
      'fault',
    );
    return placed(toGraphQLError(gatewayError('INTERNAL', `a fault of the gateway itself (${id})`)), error);
  };
}

/** An error of GraphQL itself, about the request, with a code of the closed list. */
export function coded(error: GraphQLError): GraphQLError {
  const { extensions, nodes, source, positions, path } = error;
  const { code } = extensions;
  if (typeof code === 'string' && (isErrorCode(code) || Object.hasOwn(gatewayRules, code)))
    return pointed(error);
  const { next } = gatewayRules.QUERY_INVALID;
  return new GraphQLError(shortened(error.message), {
    nodes,
    source,
    positions,
    path,
    extensions: { ...extensions, code: 'QUERY_INVALID', next, retryable: false },
  });
}

/** How GraphQL says which variable, and what in it, has a value that its type does not take. */
const OF_VARIABLE = /^Variable "\$(\w+)" got invalid value (?:.*? at "\1((?:\.\w+|\[\d+\])+)"; )?/s;

/** Adds where among the variables a wrong value stands, as a JSON pointer (RFC 6901); of one in the text `locations` say it. */
function pointed(error: GraphQLError): GraphQLError {
  const [, variable, inside = ''] = OF_VARIABLE.exec(error.message) ?? [];
  if (variable === undefined) return error;
  const steps = [variable, ...[...inside.matchAll(/\w+/g)].map(([step]) => step)];
  const details = { pointer: steps.map((step) => `/${step}`).join('') };
  const { message, nodes, source, positions, path, extensions } = error;
  return new GraphQLError(shortened(message), {
    nodes,
    source,
    positions,
    path,
    extensions: { ...extensions, details },
  });
}

/** The most of an error's sentence that is told from its beginning, and from its end, where it says what is wrong. */
const SHOWN = 300;

/** GraphQL repeats a value that its type does not take: nobody wants megabytes of it back. */
function shortened(message: string): string {
  return message.length <= 2 * SHOWN ? message : `${message.slice(0, SHOWN)} … ${message.slice(-SHOWN)}`;
}

function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof PassageError) return refusalOf(error);
  return isDiskFull(error) ? diskFull(error) : undefined;
}

/** Keeps where in the query it happened. */
function placed(masked: GraphQLError, from: unknown): GraphQLError {
  if (!(from instanceof GraphQLError)) return masked;
  const { nodes, path } = from;
  return new GraphQLError(masked.message, {
    ...(nodes && { nodes }),
    ...(path && { path }),
    extensions: masked.extensions,
  });
}
