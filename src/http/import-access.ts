import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { ROUTES } from '../access/policy/fields.ts';
import { audienceNamed } from '../access/policy/table.ts';
import { rolesOf } from '../access/policy/admits.ts';
import type { Audience } from '../access/policy/audiences.ts';
import type { Principal } from '../access/principal.ts';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { say } from '../i18n/server-messages.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';
import type { Database } from '../persistence/database.ts';
import { RequestStore } from '../persistence/request-store.ts';
import type { Actor } from '../records/audit-row.ts';
import { linksOnRecord } from '../records/link-on-record.ts';
import type { Records } from '../records/open-records.ts';
import { OPERATOR } from '../records/operator-records.ts';
import type { Identify } from './identify.ts';
import { isBearer, isLocalProgram } from './local-access.ts';

/** Who imports: the operator, whose all places are, or somebody by a role over some. */
export interface Importer {
  readonly who: Actor;
  /** The places, with all below each; null: all. */
  readonly codes: readonly string[] | null;
}

export interface ImportRefusal {
  readonly status: 401 | 403 | 503;
  readonly code: ErrorCode;
  readonly message: string;
}

interface Parts {
  readonly config: Config;
  readonly database: Database | null;
  readonly records: Records | null;
  readonly identify: Identify;
}

/**
 * By what right a request imports. With the operator's token, and without any token from programs of this machine where
 * no token was set, it is the operator. Everybody else brings an access token and holds a role that imports for its places.
 */
export async function importAccess(request: FastifyRequest, parts: Parts): Promise<{ readonly importer: Importer } | { readonly refused: ImportRefusal }> {
  const { token } = parts.config.imports;
  const { authorization } = request.headers;
  if (token !== null && isBearer(authorization, token)) return { importer: { who: OPERATOR, codes: null } };
  if (authorization !== undefined) return byRole(request, parts);
  if (token === null && isLocalProgram(request)) return { importer: { who: OPERATOR, codes: null } };
  return refusal(request, token === null ? 403 : 401, token === null ? 'import.localOnly' : 'import.tokenNeeded');
}

const refusal = ({ language }: FastifyRequest, status: ImportRefusal['status'], key: ServerMessageKey, params: Parameters<typeof say>[2] = {}): { readonly refused: ImportRefusal } => ({ refused: { status, code: ErrorCode.IMPORT_NOT_ALLOWED, message: say(language, key, params) } });

async function byRole(request: FastifyRequest, { database, records, identify }: Parts): Promise<{ readonly importer: Importer } | { readonly refused: ImportRefusal }> {
  const audience = audienceNamed(ROUTES['POST /import']);
  const roles = rolesOf(audience).join(', ');
  let principal: Principal | null;
  try {
    const identity = await identify(request);
    if (identity === null) return refusal(request, 401, 'import.tokenNeeded');
    principal = database && (await asked(new RequestStore(database.orm, identity, linksOnRecord(records, request.id))));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { code, http } = error.extensions as { readonly code?: ErrorCode; readonly http?: { readonly status?: number } };
    if (http?.status === 503) return { refused: { status: 503, code: code ?? ErrorCode.AUTH_PROVIDER_UNAVAILABLE, message: error.message } };
    const { refused } = refusal(request, 401, 'import.tokenNeeded');
    return { refused: { ...refused, message: `${refused.message} ${error.message}` } };
  }
  if (database === null) return refusal(request, 503, 'import.noStore');
  const codes = principal === null ? [] : placesOf(principal, audience);
  if (principal === null || codes.length === 0) return refusal(request, 403, 'import.noRole', { roles });
  return { importer: { who: { accountId: principal.accountId, displayName: principal.displayName }, codes } };
}

async function asked(store: RequestStore): Promise<Principal | null> {
  try {
    return await store.principal();
  } finally {
    await store.finish();
  }
}

const placesOf = ({ grants }: Principal, audience: Audience): string[] =>
  typeof audience === 'string' ? [] : [...new Set(grants.flatMap(({ role, scope }) => (scope.kind === 'jurisdiction' && audience[role]?.includes('jurisdiction') ? [scope.code] : [])))].sort();
