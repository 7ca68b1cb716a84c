import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from './apollo.ts';
import { execute } from 'graphql';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { ApiContext } from '../context.ts';
import { ErrorCode } from '../error-codes.ts';
import { refusalError } from '../limits/refusal.ts';
import { RequestGuard } from '../limits/request-guard.ts';
import { maskExecutionError } from '../mask-errors.ts';
import { CompiledQueries } from './compiled-queries.ts';

type Request = GraphQLRequestContext<ApiContext>;

/**
 * Runs operations in place of the server's own executor: compiled where that is possible, else interpreted. Errors are
 * masked here, where the language of the request is known; the server's `formatError` sees only what came before.
 */
export function executionPlugin(schema: GraphQLSchema): ApolloServerPlugin<ApiContext> {
  const queries = new CompiledQueries(schema);
  const guard = new RequestGuard(schema);
  const listener: GraphQLRequestListener<ApiContext> = {
    async responseForOperation(request) {
      const { operation, document } = request;
      // An operation that does not exist is reported by the server.
      if (!operation || !document) return null;
      const { refusal: refused } = guard.judge(document, operation, request.request.variables);
      return respond(refused ? { errors: [refusalError(refused, request.contextValue.view.language)] } : await run(schema, queries, request), request);
    },
    async willSendResponse({ request, response }) {
      if (response.http.status === 400 && acceptsPlainJson(request.http?.headers.get('accept')) && isWellFormed(response)) response.http.status = 200;
    },
  };
  return { requestDidStart: async () => listener };
}

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

function respond({ data, errors }: ExecutionResult, { contextValue }: Request): GraphQLResponse {
  const masked = errors?.map((error) => maskExecutionError(error, contextValue));
  return {
    http: { status: data === undefined ? 400 : undefined, headers: new HeaderMap() },
    body: { kind: 'single', singleResult: data === undefined ? { errors: masked } : { data, errors: masked } },
  };
}

/** Requests that could be read as GraphQL over HTTP; the answer of `application/json` to them has status 200. */
const WELL_FORMED: ReadonlySet<unknown> = new Set([ErrorCode.GRAPHQL_PARSE_FAILED, ErrorCode.GRAPHQL_VALIDATION_FAILED, ErrorCode.BAD_USER_INPUT, ErrorCode.OPERATION_RESOLUTION_FAILURE]);

const isWellFormed = ({ body }: GraphQLResponse): boolean => body.kind === 'single' && (body.singleResult.errors ?? []).every(({ extensions }) => WELL_FORMED.has(extensions?.['code']));

/** The old media type of answers, which stands for "a GraphQL answer was made", is what a client gets that asks for nothing else. */
const acceptsPlainJson = (accept: string | undefined): boolean => !accept?.includes('application/graphql-response+json');
