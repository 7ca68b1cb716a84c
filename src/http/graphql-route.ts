import type { ApolloServer } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { fastifyApolloHandler } from '../graphql/execution/apollo.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestAccess } from '../graphql/access/request-access.ts';
import type { ApiContext } from '../graphql/context.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { Loaders } from '../graphql/loaders/create-loaders.ts';
import { QueryGuard } from '../graphql/limits/query-guard.ts';
import { refusal, refusalError } from '../graphql/limits/refusal.ts';
import type { View } from '../graphql/view.ts';
import type { Language } from '../i18n/render.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { Database } from '../persistence/database.ts';
import { linksOnRecord } from '../records/link-on-record.ts';
import type { Records } from '../records/open-records.ts';
import { RequestStore } from '../persistence/request-store.ts';
import { Effort, MILLISECOND } from '../kernel/effort.ts';
import { Turns } from '../workflows/in-turn.ts';
import type { Identify } from './identify.ts';
import { GraphiqlPage, wantsPage } from './graphiql.ts';
import type { SpenderOf } from './spender.ts';

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
  readonly records: Records | null;
  readonly revealsPerHour: number;
  readonly spenderOf: SpenderOf;
  readonly correctionDays: number;
}

/** GraphQL for programs and GraphiQL for browsers, at one address. */
export function addGraphqlRoute(app: FastifyInstance, { apollo, views, clock, defaultQuery, database, identify, beside, records, revealsPerHour, spenderOf, correctionDays }: Parts): void {
  const guard = new QueryGuard();
  const page = new GraphiqlPage(defaultQuery, beside);
  const startedAt = clock();
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
      const store = database && new RequestStore(database.orm, identity, linksOnRecord(records, request.id));
      const loaders = new Loaders({ store, keys: database && database.keys, access, registry: view.registry, language: view.language, effort, turns });
      return { view, now: clock(), startedAt, requestId: request.id, log: request.log, access, spender: spenderOf(request, identity), onOutcome: (code: string) => void (request.outcome = code), records, keysMet: new Map(), correctionDays, revealsPerHour, store, loaders, effort, turns };
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

function guardRequest(guard: QueryGuard, { method, body, query, language }: FastifyRequest): void {
  if (Array.isArray(body)) throw refusalError(refusal(ErrorCode.BATCH_REFUSED, 'request.batch', { found: body.length }), language);
  const given = method === 'GET' ? query : body;
  if (typeof given === 'object' && given !== null) guard.check(given as { query: unknown; variables: unknown }, language);
}
