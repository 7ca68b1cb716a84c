import { createRequire } from 'node:module';

// In its CommonJS build, like type-graphql and for the same reason. Types come from the packages themselves.
const require = createRequire(import.meta.url);

export const { ApolloServer, HeaderMap } = require('@apollo/server') as typeof import('@apollo/server');
export const { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } =
  require('@apollo/server/plugin/disabled') as typeof import('@apollo/server/plugin/disabled');
export const { fastifyApolloHandler } = require('@as-integrations/fastify') as typeof import('@as-integrations/fastify');
