import { readFileSync } from 'node:fs';

import { createSchema } from 'graphql-yoga';
import type { YogaInitialContext } from 'graphql-yoga';
import type { GraphQLSchema } from 'graphql';

import { alertSubscriptions } from './alert-resolvers.js';
import type { GatewayContext } from './context.js';
import { subscriptions } from './feed-resolvers.js';
import { mutations } from './mutations.js';
import { queries } from './queries.js';
import { scalars } from './scalars.js';

/** The published schema text: the contract, reviewed as text. It lies beside the package's sources, not in `dist`. */
export function schemaText(): string {
  return readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
}

let made: GraphQLSchema | undefined;

/** The executable schema; made once. */
export function gatewaySchema(): GraphQLSchema {
  made ??= createSchema<GatewayContext & YogaInitialContext>({
    typeDefs: schemaText(),
    resolvers: {
      ...scalars,
      Query: queries,
      Mutation: mutations,
      Subscription: { ...subscriptions, ...alertSubscriptions },
    },
  });
  return made;
}
