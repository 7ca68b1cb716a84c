import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from './apollo.ts';
import { execute, GraphQLError, isInterfaceType, isObjectType } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Admission, Budgets } from '../../access/budget/budgets.ts';
import { ANONYMOUS } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { recordAccess } from '../access/record-access.ts';
import type { AccessGuard } from '../access/access-guard.ts';
import type { ApiContext } from '../context.ts';
import { ErrorCode } from '../error-codes.ts';
import { refusalError } from '../limits/refusal.ts';
import type { Refusal } from '../limits/refusal.ts';
import { RequestGuard } from '../limits/request-guard.ts';
import { maskExecutionError, RETRY_AFTER_SECONDS } from '../mask-errors.ts';
import { CompiledQueries } from './compiled-queries.ts';
import { costReport, exhausted } from './cost-report.ts';
import type { CostReport } from './cost-report.ts';

type Request = GraphQLRequestContext<ApiContext>;

/**
 * Runs operations in place of the server's own executor: compiled where that is possible, else interpreted. What costs too
 * much, or more than is left of a budget, is not run. Errors are masked here, where the language of the request is known;
 * the server's `formatError` sees only what came before.
 */
export function executionPlugin(schema: GraphQLSchema, budgets: Budgets, accessGuard: AccessGuard | null): ApolloServerPlugin<ApiContext> {
  const queries = new CompiledQueries(schema);
  const guard = new RequestGuard(schema);
  const fieldNames = fieldNamesOf(schema);
  return { requestDidStart: async () => listenerOf({ schema, queries, guard, accessGuard, budgets, fieldNames }) };
}

interface Parts {
  readonly schema: GraphQLSchema;
  readonly queries: CompiledQueries;
  readonly guard: RequestGuard;
  /** Null: everything is open to everyone. */
  readonly accessGuard: AccessGuard | null;
  readonly budgets: Budgets;
  readonly fieldNames: ReadonlySet<string>;
}

function listenerOf({ schema, queries, guard, accessGuard, budgets, fieldNames }: Parts): GraphQLRequestListener<ApiContext> {
  let cost: CostReport | null = null;
  return {
    async responseForOperation(request) {
      const { operation, document, contextValue } = request;
      // An operation that does not exist is reported by the server.
      if (!operation || !document) return null;
      const { spender, view } = contextValue;
      const judged = guard.judge(document, operation, request.request.variables);
      if (judged.refusal) {
        cost = costReport(judged.cost, spender.standing());
        return respond({ errors: [refusalError(judged.refusal, view.language)] }, request, fieldNames);
      }
      const admission = await budgets.admit(spender.key, spender.kind, judged.cost);
      cost = costReport(judged.cost, admission);
      if (!admission.ok) return refuseSpending(judged.cost, admission, request);
      try {
        const refused = await admit(accessGuard, document, operation, contextValue);
        if (refused) return respond({ errors: [refusalError(refused, view.language)] }, request, fieldNames);
        const result = await run(schema, queries, request);
        // The connection goes back while the record of it is waited for.
        await Promise.all([contextValue.store?.end(), recordAccess(contextValue, request.operationName)]);
        return respond(result, request, fieldNames);
      } catch (error) {
        // Who asks could not be looked up, or the access not be put on record: of what the fields do, nothing is thrown here.
        return respond({ errors: [error instanceof GraphQLError ? error : new GraphQLError('the store', { originalError: error as Error, extensions: { http: { status: 503 } } })] }, request, fieldNames);
      } finally {
        await contextValue.store?.end();
      }
    },
    async willSendResponse({ request, response, contextValue: { spender, onOutcome, keysMet } }) {
      if (response.http.status === 400 && acceptsPlainJson(request.http?.headers.get('accept')) && isWellFormed(response)) response.http.status = 200;
      if (response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      const code = singleResult.errors?.[0]?.extensions?.['code'];
      if (typeof code === 'string') onOutcome(code);
      singleResult.extensions = { ...singleResult.extensions, ...(keysMet.size > 0 && { idempotency: Object.fromEntries(keysMet) }), cost: cost ?? costReport(0, spender.standing()) };
    },
  };
}

/** Names in paths that are fields and no names of the client's own. */
function fieldNamesOf(schema: GraphQLSchema): Set<string> {
  return new Set(Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [])));
}

function refuseSpending(cost: number, admission: Admission, { contextValue }: Request): GraphQLResponse {
  const { seconds, message, extensions } = exhausted(cost, admission, contextValue.view.language);
  return { http: { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) }, body: { kind: 'single', singleResult: { errors: [{ message, extensions }] } } };
}

/** Whether it is for whoever asks. Who that is is looked up where it matters: what is for everyone needs no connection. */
async function admit(guard: AccessGuard | null, document: DocumentNode, operation: OperationDefinitionNode, { store, access }: ApiContext): Promise<Refusal | null> {
  // Without a store nothing is kept that could be seen.
  if (guard === null || store === null || guard.isPublic(document, operation)) return null;
  access.isAskedBy((await store.principal()) ?? STRANGER);
  return guard.judge(document, operation, access.principal);
}

/** A subject of a good token that has no account. */
const STRANGER: Principal = { ...ANONYMOUS, kind: 'person' };

async function run(schema: GraphQLSchema, queries: CompiledQueries, request: Request): Promise<ExecutionResult> {
  const { document, source = '', queryHash = '', operationName = null, contextValue } = request;
  if (!document) throw new Error('an operation without a document');
  const variableValues = request.request.variables;
  // What writes is interpreted: it must not be run a second time, whatever comes of the first.
  const compiled = request.operation?.operation === 'mutation' ? null : await queries.find(queryHash, source, document, operationName, variableValues);
  if (compiled) {
    const result = await compiled(undefined, contextValue, variableValues);
    // Without data nothing has run: the variables did not fit, and the interpreter says it better.
    if (result.data !== undefined) return result;
  }
  return execute({ schema, document, contextValue, variableValues, operationName });
}

function respond({ data, errors }: ExecutionResult, { contextValue, operation }: Request, fieldNames: ReadonlySet<string>): GraphQLResponse {
  const masked = errors?.map((error) => maskExecutionError(error, contextValue, fieldNames));
  const http = isOverloaded(masked, data, operation?.operation) ? { status: 503, headers: new HeaderMap([['retry-after', String(RETRY_AFTER_SECONDS)]]) } : { status: data === undefined ? statusOf(errors) : undefined, headers: new HeaderMap() };
  return { http, body: { kind: 'single', singleResult: data === undefined ? { errors: masked } : { data, errors: masked } } };
}

/** An answer without data has the status of what refused it. */
function statusOf(errors: readonly GraphQLError[] = []): number {
  const http = errors[0]?.extensions?.['http'] as { readonly status?: number } | undefined;
  return http?.status ?? 400;
}

/** Whether the same request as a whole is to be sent again: not one of whose changes some were made. */
function isOverloaded(errors: readonly GraphQLFormattedError[] | undefined, data: ExecutionResult['data'], operation: string | undefined): boolean {
  if (!errors?.some(({ extensions }) => extensions?.['code'] === ErrorCode.OVERLOADED)) return false;
  return operation !== 'mutation' || data == null || Object.values(data).every((value) => value === null);
}

/** Requests that could be read as GraphQL over HTTP; the answer of `application/json` to them has status 200. */
const WELL_FORMED: ReadonlySet<unknown> = new Set([ErrorCode.GRAPHQL_PARSE_FAILED, ErrorCode.GRAPHQL_VALIDATION_FAILED, ErrorCode.BAD_USER_INPUT, ErrorCode.OPERATION_RESOLUTION_FAILURE]);

const isWellFormed = ({ body }: GraphQLResponse): boolean => body.kind === 'single' && (body.singleResult.errors ?? []).every(({ extensions }) => WELL_FORMED.has(extensions?.['code']));

/** The old media type of answers, which stands for "a GraphQL answer was made", is what a client gets that asks for nothing else. */
const acceptsPlainJson = (accept: string | undefined): boolean => !accept?.includes('application/graphql-response+json');
