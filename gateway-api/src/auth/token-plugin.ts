import type { Plugin } from 'graphql-yoga';

import { Refusal, gatewayError } from '../errors.js';
import { toGraphQLError } from '../schema/graphql-errors.js';
import type { Caller } from './caller.js';
import type { TokenVerifier } from './verify-token.js';

/** Whose request it is, once its token was accepted. */
export type Callers = WeakMap<Request, Caller>;

/**
 * Verifies the token before the request's text is so much as read: a stranger learns nothing of the schema, neither by
 * introspection nor by what GraphQL suggests for a misspelt name, and costs nothing but the check of a signature.
 */
export function tokenPlugin(verify: TokenVerifier, callers: Callers): Plugin {
  return {
    async onRequestParse({ request }) {
      try {
        callers.set(request, await verify(bearerToken(request.headers.get('authorization'))));
      } catch (error) {
        throw error instanceof Refusal ? toGraphQLError(error) : error;
      }
      return undefined;
    },
  };
}

/** The token of an Authorization header (RFC 6750, 2.1). Throws `UNAUTHENTICATED`. */
export function bearerToken(header: string | null): string {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header ?? '')?.[1];
  if (token !== undefined) return token;
  throw gatewayError('UNAUTHENTICATED', 'this request brings no token', {
    next: 'Send "Authorization: Bearer …"; locally, passage token --party … --role … prints one.',
    status: 401,
  });
}
