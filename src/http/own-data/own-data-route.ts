import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Budgets } from '../../access/budget/budgets.ts';
import { mayAdmit } from '../../access/policy/admits.ts';
import { ROUTES } from '../../access/policy/fields.ts';
import { audienceNamed } from '../../access/policy/table.ts';
import type { Identity } from '../../access/tokens/identity.ts';
import { ErrorCode } from '../../graphql/error-codes.ts';
import { exhausted } from '../../graphql/execution/cost-report.ts';
import { RETRY_AFTER_SECONDS } from '../../graphql/mask-errors.ts';
import type { View } from '../../graphql/view.ts';
import type { Language } from '../../i18n/render.ts';
import { dayOf } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Database } from '../../persistence/database.ts';
import { accessesSince, countOwnData, ownDataAsOf } from '../../persistence/own-data/read-own-data.ts';
import type { OwnDataAsOf } from '../../persistence/own-data/read-own-data.ts';
import { RequestStore } from '../../persistence/request-store.ts';
import { linksOnRecord } from '../../records/link-on-record.ts';
import type { Records } from '../../records/open-records.ts';
import type { Identify } from '../identify.ts';
import type { SpenderOf } from '../spender.ts';
import { exportStream } from './export-lines.ts';
import { Places } from './places.ts';
import { failed, Refusal, refusal, refuse } from './refusals.ts';

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
  const { database, identity } = await asked(request, parts);
  const spend = spending(request, identity, parts);
  await spend(COST_OF_ASKING);
  const store = new RequestStore(database.orm, identity, linksOnRecord(parts.records, request.id));
  try {
    const { accountId, personId } = await linked(store, request);
    const place = places.take(personId);
    if (place === null) throw refusal(request, 503, ErrorCode.OVERLOADED, 'overloaded', { seconds: RETRY_AFTER_SECONDS }, retryAfter(RETRY_AFTER_SECONDS));
    reply.raw.once('close', place);
    const asOf = await ownDataAsOf(store, personId);
    await notTooOften(store, asOf, request);
    const counts = await countOwnData(store, asOf);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    await spend(total * COST_OF_ROW);
    // The connection goes back before the record of it is waited for, and nothing is given out before that.
    await store.finish();
    await parts.records?.access.record({ accountId, requestId: request.id, operation: ROUTE, persons: [personId], kinds: [KIND], count: total });
    const lines = exportStream({ store, asOf, counts, view: parts.views[request.language], keys: database.keys, onError: (error) => failed(request, error) }, parts.idleMs);
    return await reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="shixun-own-data-${dayOf(asOf.at)}.ndjson"`)
      .header('cache-control', 'no-store')
      .send(lines);
  } finally {
    await store.finish();
  }
}

const retryAfter = (seconds: number): Refusal['headers'] => ({ 'retry-after': String(seconds) });

/** By somebody who signed in, of a store. */
async function asked(request: FastifyRequest, { identify, database }: Parts): Promise<{ readonly identity: Identity; readonly database: Database }> {
  const identity = await identify(request);
  if (identity === null) throw refusal(request, 401, ErrorCode.UNAUTHENTICATED, 'access.signIn', { field: ROUTE }, { 'www-authenticate': 'Bearer' });
  if (database === null) throw refusal(request, 503, ErrorCode.STORE_UNAVAILABLE, 'store.none');
  return { identity, database };
}

/** Takes a cost off the budget of whoever asks. */
function spending(request: FastifyRequest, identity: Identity, { budgets, spenderOf }: Parts): (cost: number) => Promise<void> {
  const { key, kind } = spenderOf(request, identity);
  return async (cost) => {
    const admission = await budgets.admit(key, kind, cost);
    if (admission.ok) return;
    const { seconds, message, extensions } = exhausted(cost, admission, request.language);
    throw new Refusal(429, ErrorCode.BUDGET_EXHAUSTED, message, extensions, retryAfter(seconds));
  };
}

/** A person of the register, by the own account. */
async function linked(store: RequestStore, request: FastifyRequest): Promise<{ readonly accountId: string; readonly personId: string }> {
  const principal = await store.principal();
  const { accountId = null, personId = null } = principal ?? {};
  if (principal !== null && accountId !== null && personId !== null && mayAdmit(audienceNamed(ROUTES[ROUTE]), principal)) return { accountId, personId };
  throw refusal(request, 403, ErrorCode.FORBIDDEN, 'ownData.notLinked', { field: ROUTE });
}

/** Counted by the record of accesses, in which each stands. */
async function notTooOften(store: RequestStore, { at }: OwnDataAsOf, request: FastifyRequest): Promise<void> {
  if ((await accessesSince(store, KIND, (at - HOUR_MS) as Instant)) < MOST_AN_HOUR) return;
  const seconds = HOUR_MS / 1_000;
  throw refusal(request, 429, ErrorCode.TOO_MANY_EXPORTS, 'ownData.tooOften', { limit: MOST_AN_HOUR, seconds }, retryAfter(seconds));
}
