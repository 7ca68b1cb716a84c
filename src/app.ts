import type { ApolloServer as Server } from '@apollo/server';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { DestinationStream } from 'pino';
import { ApolloServer, ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from './graphql/execution/apollo.ts';
import { DEVELOPMENT_KEY_FILE, developmentKey } from './access/tokens/development-issuer.ts';
import { TokenVerifier } from './access/tokens/token-verifier.ts';
import type { Budgets } from './access/budget/budgets.ts';
import { MemoryBudgets } from './access/budget/memory-budgets.ts';
import { StoredBudgets } from './access/budget/stored-budgets.ts';
import type { Config } from './config.ts';
import { AccessGuard } from './graphql/access/access-guard.ts';
import type { ApiContext } from './graphql/context.ts';
import { DocumentCache } from './graphql/execution/document-cache.ts';
import { executionPlugin } from './graphql/execution/execution-plugin.ts';
import { maskRequestError } from './graphql/mask-errors.ts';
import { apiSchema } from './graphql/schema.ts';
import { allowOrigins } from './http/cors.ts';
import { DEFAULT_QUERY } from './http/graphiql.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import type { Clock } from './http/graphql-route.ts';
import { identifyBy } from './http/identify.ts';
import type { Identify } from './http/identify.ts';
import { addDemoTokens, demoChooser } from './http/demo-tokens.ts';
import { addHealthRoutes } from './http/health.ts';
import { boundInFlight } from './http/in-flight.ts';
import { RequestLog } from './http/log-requests.ts';
import { readJsonBodies } from './http/json-bodies.ts';
import { createLogger } from './http/logger.ts';
import { measureRequests } from './http/measurements.ts';
import { addMetricsRoute } from './http/metrics-route.ts';
import { withoutValues } from './http/safe-error.ts';
import { describeRequests, newRequestId } from './http/request-identity.ts';
import { addOwnDataRoute } from './http/own-data/own-data-route.ts';
import { answerUnreadable, handleRequestErrors } from './http/request-errors.ts';
import { addImportRoutes } from './http/import-route.ts';
import { answerSocketErrors, refuseUnusual } from './http/socket-errors.ts';
import { spenders } from './http/spender.ts';
import { timeBodies } from './http/time-bodies.ts';
import { answerUnknownRoutes } from './http/unknown-routes.ts';
import { catalogOf } from './i18n/catalog.ts';
import type { Database } from './persistence/database.ts';
import { secretIn } from './persistence/embedded/secret.ts';
import type { Records } from './records/open-records.ts';
import type { Registry } from './plugin-host/registry.ts';

export { apiSchema };

export interface AppOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly registry: Registry;
  /** Without one only questions that bring their facts are answered. Closed with the server. */
  readonly database?: Database;
  /** Where changes and accesses are put on record. Closed with the server. */
  readonly records?: Records;
  /** Who may spend how much; without them those of the configuration, in the store where there is one. */
  readonly budgets?: Budgets;
  /** Another schema than that of the API, open to everyone: for tests of the server itself. */
  readonly schema?: GraphQLSchema;
  /** Who may ask which fields: by default what the table says of the schema of the API. Another is for tests. */
  readonly guard?: AccessGuard | null;
  /** Where lines of the log go; without it to standard error. */
  readonly logTo?: DestinationStream;
  /** What GraphiQL shows a newcomer. */
  readonly defaultQuery?: string;
  /** Whom requests come from; by default, whom their access tokens name. */
  readonly identify?: Identify;
}

/** The whole server, not yet listening. `close()` ends it. */
export async function buildApp({ config, clock, registry, database, records, budgets = budgetsOf(config, database), schema, guard, logTo, defaultQuery = DEFAULT_QUERY, identify }: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: createLogger(config, logTo) as FastifyBaseLogger,
    logController: new RequestLog(config),
    bodyLimit: config.bodyLimitBytes,
    // Given to the server when it is made: set later, as the framework does, it comes to nothing. Bodies are timed by route.
    http: { requestTimeout: 0, headersTimeout: config.requestTimeoutMs, connectionsCheckingInterval: Math.min(5_000, config.requestTimeoutMs) },
    frameworkErrors: answerUnreadable,
    genReqId: newRequestId,
    clientErrorHandler: answerSocketErrors(config),
    // No route has a schema, and the compilers for them are a good part of the time to start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  // A form of another site can send text/plain without asking; nothing here is read from it.
  app.removeContentTypeParser('text/plain');
  readJsonBodies(app);
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  refuseUnusual(app.server);
  describeRequests(app);
  timeBodies(app, config);
  allowOrigins(app, config);
  const measurements = measureRequests(app);
  const inFlight = boundInFlight(app, config);
  handleRequestErrors(app, config);
  answerUnknownRoutes(app);
  addHealthRoutes(app, async () => (closing ? 'closing' : records?.trouble() ? 'recordsUnavailable' : (await (database?.isReachable() ?? true)) ? 'ready' : 'storeUnavailable'));
  addMetricsRoute(app, config, { measurements, inFlight, poolState: () => database?.poolState() ?? null });
  app.get('/', (_request, reply) => reply.redirect('/graphql'));

  const served = schema ?? apiSchema();
  const apollo = createApollo(served, budgets, guard === undefined ? (schema ? null : new AccessGuard(served)) : guard, app.log);
  await apollo.start();
  app.addHook('onClose', async () => {
    await apollo.stop();
    await records?.close();
    await database?.close();
  });
  // Without a provider the product issues tokens itself, for trying it out.
  const ownSecret = config.environment !== 'production' && config.tokens.issuers.length === 0 && database ? secretOf(database) : null;
  if (ownSecret !== null) addDemoTokens(app, ownSecret, config.tokens.audience);
  const catalog = catalogOf(registry);
  const views = { zh: { registry, catalog, language: 'zh' }, en: { registry, catalog, language: 'en' } } as const;
  const shared = {
    database: database ?? null,
    records: records ?? null,
    revealsPerHour: config.revealsPerHour,
    identify: identify ?? identifyBy(new TokenVerifier(config.tokens, ownSecret === null ? null : developmentKey(ownSecret))),
    spenderOf: spenders(config, database ?? null, budgets),
    views,
  };
  addGraphqlRoute(app, { ...shared, apollo, clock, defaultQuery, correctionDays: config.correctionDays, beside: ownSecret !== null ? demoChooser() : '' });
  addImportRoutes(app, { ...shared, config, registry });
  addOwnDataRoute(app, { ...shared, budgets, idleMs: config.requestTimeoutMs });
  return app;
}

function budgetsOf({ budgets }: Config, database: Database | undefined): Budgets {
  return database ? new StoredBudgets(() => database.orm.em.fork(), budgets) : new MemoryBudgets(budgets);
}

/** Where nothing can be kept, there is no key and nobody signs in. */
function secretOf({ dataFolder }: Database): string | null {
  try {
    return secretIn(dataFolder, DEVELOPMENT_KEY_FILE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}

function noSchemas(): never {
  throw new Error('a route has a schema, and there is no compiler for it');
}

function createApollo(schema: GraphQLSchema, budgets: Budgets, guard: AccessGuard | null, log: FastifyBaseLogger): Server<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema,
    introspection: true,
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
    persistedQueries: false,
    documentStore: new DocumentCache(),
    // Cross-site requests can do nothing here: there are no cookies and no other credentials that a browser adds by
    // itself, GET runs queries only, POST takes application/json only (which a browser asks leave for, and only the
    // origins that the operator names get it), and no other site can read answers. The check would refuse plain GET requests that GraphQL over
    // HTTP allows.
    csrfPrevention: false,
    logger: { debug: (text) => log.debug(text), info: (text) => log.info(text), warn: (text) => log.warn(withoutValues(text)), error: (text) => log.error(withoutValues(text)) },
    formatError: (formatted, error) => maskRequestError(formatted, error, log),
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [executionPlugin(schema, budgets, guard), ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled()],
  });
}
