import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Budgets } from '../../access/budget/budgets.ts';
import { mayAdmit } from '../../access/policy/admits.ts';
import { ROUTES } from '../../access/policy/fields.ts';
import { audienceNamed } from '../../access/policy/table.ts';
import { ErrorCode } from '../../graphql/error-codes.ts';
import { exhausted } from '../../graphql/execution/cost-report.ts';
import { RETRY_AFTER_SECONDS } from '../../graphql/mask-errors.ts';
import type { View } from '../../graphql/view.ts';
import type { Language } from '../../i18n/render.ts';
import { sayRecord } from '../../i18n/record-messages.ts';
import { say } from '../../i18n/server-messages.ts';
import type { ServerMessageKey } from '../../i18n/server-messages.ts';
import { dayOf } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Database } from '../../persistence/database.ts';
import { accessesSince, countOwnData, ownDataAsOf } from '../../persistence/own-data/read-own-data.ts';
import { RequestStore } from '../../persistence/request-store.ts';
import { isPassing, sqlErrorKind } from '../../persistence/sql-errors.ts';
import { RecordError } from '../../records/record-error.ts';
import { linksOnRecord } from '../../records/link-on-record.ts';
import type { Records } from '../../records/open-records.ts';
import { sendError } from '../client-error.ts';
import type { Identify } from '../identify.ts';
import type { SpenderOf } from '../spender.ts';
import { exportStream } from './export-lines.ts';
import { Places } from './places.ts';

const ROUTE = 'GET /me/data';
/** What the record of accesses calls it. */
const KIND = 'OwnData';

const MOST_AN_HOUR = 5;
const HOUR_MS = 3_600_000;
/** As values of an answer, by which budgets are counted: to find out how much there is, and each row of it. */
const COST_OF_ASKING = 400;
const COST_OF_ROW = 20;

interface Parts {
  readonly database: Database | null;
  readonly records: Records | null;
  readonly identify: Identify;
  readonly spenderOf: SpenderOf;
  readonly budgets: Budgets;
  readonly views: Readonly<Record<Language, View>>;
  /** How long a client may take between one part and the next. */
  readonly idleMs: number;
}

/** Why nothing is given out. */
class Refusal extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: ErrorCode, message: string, extensions: Refusal['extensions'] = {}, headers: Refusal['headers'] = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extensions = extensions;
    this.headers = headers;
  }
}

/**
 * `GET /me/data`: all that is kept about whoever asks, as a file of JSON lines. It is sent while it is read, a page at a
 * time: a register may hold ten thousand entries of somebody, and an answer of the API is put together in memory.
 */
export function addOwnDataRoute(app: FastifyInstance, parts: Parts): void {
  const places = new Places();
  app.get('/me/data', { exposeHeadRoute: false }, async (request, reply) => {
    try {
      return await answer(request, reply, parts, places);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, parts: Parts, places: Places): Promise<FastifyReply> {
  const { database, records, budgets, views, idleMs } = parts;
  const { language } = request;
  const refusal = (status: number, code: ErrorCode, key: ServerMessageKey, params: Parameters<typeof say>[2] = {}, headers: Refusal['headers'] = {}): Refusal => new Refusal(status, code, say(language, key, params), {}, headers);
  const identity = await parts.identify(request);
  if (identity === null) throw refusal(401, ErrorCode.UNAUTHENTICATED, 'access.signIn', { field: ROUTE }, { 'www-authenticate': 'Bearer' });
  if (database === null) throw refusal(503, ErrorCode.STORE_UNAVAILABLE, 'store.none');
  const spender = parts.spenderOf(request, identity);
  const spend = async (cost: number): Promise<void> => {
    const admission = await budgets.admit(spender.key, spender.kind, cost);
    if (admission.ok) return;
    const { seconds, message, extensions } = exhausted(cost, admission, language);
    throw new Refusal(429, ErrorCode.BUDGET_EXHAUSTED, message, extensions, { 'retry-after': String(seconds) });
  };
  await spend(COST_OF_ASKING);
  const store = new RequestStore(database.orm, identity, linksOnRecord(records, request.id));
  try {
    const principal = await store.principal();
    const { accountId = null, personId = null } = principal ?? {};
    if (principal === null || accountId === null || personId === null || !mayAdmit(audienceNamed(ROUTES[ROUTE]), principal)) throw refusal(403, ErrorCode.FORBIDDEN, 'ownData.notLinked', { field: ROUTE });
    const place = places.take(personId);
    if (place === null) throw refusal(503, ErrorCode.OVERLOADED, 'overloaded', { seconds: RETRY_AFTER_SECONDS }, { 'retry-after': String(RETRY_AFTER_SECONDS) });
    reply.raw.once('close', place);
    const asOf = await ownDataAsOf(store, personId);
    if ((await accessesSince(store, KIND, (asOf.at - HOUR_MS) as Instant)) >= MOST_AN_HOUR) {
      throw refusal(429, ErrorCode.TOO_MANY_EXPORTS, 'ownData.tooOften', { limit: MOST_AN_HOUR, seconds: HOUR_MS / 1_000 }, { 'retry-after': String(HOUR_MS / 1_000) });
    }
    const counts = await countOwnData(store, asOf);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    await spend(total * COST_OF_ROW);
    // The connection goes back before the record of it is waited for, and nothing is given out before that.
    await store.finish();
    await records?.access.record({ accountId, requestId: request.id, operation: ROUTE, persons: [personId], kinds: [KIND], count: total });
    const lines = exportStream({ store, asOf, counts, view: views[language], keys: database.keys, onError: (error) => failed(request, error) }, idleMs);
    return await reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="shixun-own-data-${dayOf(asOf.at)}.ndjson"`)
      .header('cache-control', 'no-store')
      .send(lines);
  } finally {
    await store.finish();
  }
}

/** The last line of an export that could not be read to its end. */
function failed(request: FastifyRequest, error: unknown): object {
  const reference = request.id;
  request.log.error({ err: error, reference }, 'an export of own data was not finished');
  const kind = sqlErrorKind(error);
  return { type: 'error', code: kind !== null && isPassing(kind) ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INTERNAL, reference, message: say(request.language, kind !== null && isPassing(kind) ? 'store.unavailable' : 'internal', { reference }) };
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof Refusal) return sendError(reply.headers(error.headers), error.status, error.code, error.message, error.extensions);
  if (error instanceof RecordError) return sendError(reply, 503, error.code as ErrorCode, sayRecord(request.language, error.code, error.params));
  // What a token is refused with.
  if (error instanceof GraphQLError) {
    const { code, http } = error.extensions as { readonly code: ErrorCode; readonly http?: { readonly status?: number; readonly headers?: Iterable<readonly [string, string]> } };
    return sendError(reply.headers(Object.fromEntries(http?.headers ?? [])), http?.status ?? 400, code, error.message);
  }
  const kind = sqlErrorKind(error);
  if (kind === null || !isPassing(kind)) throw error;
  const reference = request.id;
  request.log.error({ err: error, reference }, 'the store does not answer');
  return sendError(reply.header('retry-after', String(RETRY_AFTER_SECONDS)), 503, kind === 'overloaded' ? ErrorCode.OVERLOADED : ErrorCode.STORE_UNAVAILABLE, say(request.language, kind === 'overloaded' ? 'overloaded' : 'store.unavailable', { reference, seconds: RETRY_AFTER_SECONDS }), { reference });
}
