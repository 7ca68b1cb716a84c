import type { ApolloServer } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { fastifyApolloHandler } from '../graphql/execution/apollo.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { RequestAccess } from '../graphql/access/request-access.ts';
import type { BudgetKind, Budgets } from '../access/budget/budgets.ts';
import type { ApiContext, Spender } from '../graphql/context.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { Loaders } from '../graphql/loaders/create-loaders.ts';
import { QueryGuard } from '../graphql/limits/query-guard.ts';
import { refusal, refusalError } from '../graphql/limits/refusal.ts';
import type { View } from '../graphql/view.ts';
import type { Language } from '../i18n/render.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { Database } from '../persistence/database.ts';
import type { Records } from '../records/open-records.ts';
import { RequestStore } from '../persistence/request-store.ts';
import type { Identity } from '../access/tokens/identity.ts';
import { Effort, MILLISECOND } from '../kernel/effort.ts';
import { Turns } from '../workflows/in-turn.ts';
import type { Identify } from './identify.ts';
import { clientAddress, clientKey, trustedProxies } from './client-address.ts';
import { GraphiqlPage, wantsPage } from './graphiql.ts';

/** What the questions of one request may cost together: about five seconds of work, in turn with that of others. */
const REQUEST_EFFORT = 5_000 * MILLISECOND;

/** The moment it is now. A parameter, so that tests can fix it. */
export type Clock = () => Instant;

interface Parts {
  readonly apollo: ApolloServer<ApiContext>;
  readonly views: Readonly<Record<Language, View>>;
  readonly clock: Clock;
  readonly defaultQuery: string;
  readonly database: Database | null;
  readonly identify: Identify;
  /** What stands in the page beside GraphiQL. */
  readonly beside: string;
  readonly config: Config;
  readonly records: Records | null;
  readonly budgets: Budgets;
}

/** GraphQL for programs and GraphiQL for browsers, at one address. */
export function addGraphqlRoute(app: FastifyInstance, { apollo, views, clock, defaultQuery, database, identify, beside, config, records, budgets }: Parts): void {
  const guard = new QueryGuard();
  const page = new GraphiqlPage(defaultQuery, beside);
  const startedAt = clock();
  const spenderOf = spenders(config, database, budgets);
  const answer = fastifyApolloHandler<ApiContext>(apollo, {
    // The guard stands here because what it throws becomes a GraphQL answer before anything is parsed.
    context: async (request) => {
      try {
        guardRequest(guard, request);
      } catch (error) {
        request.outcome = String((error as GraphQLError).extensions?.['code'] ?? ErrorCode.INTERNAL);
        throw error;
      }
      const view = views[request.language];
      const [effort, turns, access] = [new Effort(REQUEST_EFFORT), new Turns(), new RequestAccess()];
      const identity = await identify(request);
      const store = database && new RequestStore(database.orm, identity);
      const loaders = new Loaders({ store, access, registry: view.registry, language: view.language, effort, turns });
      return { view, now: clock(), startedAt, requestId: request.id, log: request.log, access, spender: spenderOf(request, identity), onOutcome: (code: string) => void (request.outcome = code), records, keysMet: new Map(), store, loaders, effort, turns };
    },
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler(request, reply) {
      return wantsPage(request) ? page.send(request, reply) : answer.call(app, request, reply);
    },
  });
}

/**
 * Whoever signed in spends what is theirs, from wherever they ask; who did not, what is left for the address. In the store
 * it is a keyed hash: addresses are personal data.
 */
function spenders(config: Config, database: Database | null, budgets: Budgets): (request: FastifyRequest, identity: Identity | null) => Spender {
  const proxies = trustedProxies(config.trustedProxies);
  const keyed = (text: string): string => database?.identityNumbers.index(text).toString('base64url') ?? text;
  const spender = (kind: BudgetKind, key: string): Spender => ({ kind, key, standing: () => budgets.lastSeen(key, kind) });
  return (request, identity) => {
    if (identity) return spender(identity.isClient ? 'client' : 'person', keyed(`subject ${identity.issuer} ${identity.subject}`));
    const address = clientKey(clientAddress(request, proxies));
    return spender('anonymous', keyed(`address ${address}`));
  };
}

function guardRequest(guard: QueryGuard, { method, body, query, language }: FastifyRequest): void {
  if (Array.isArray(body)) throw refusalError(refusal(ErrorCode.BATCH_REFUSED, 'request.batch', { found: body.length }), language);
  const given = method === 'GET' ? query : body;
  if (typeof given === 'object' && given !== null) guard.check(given as { query: unknown; variables: unknown }, language);
}
