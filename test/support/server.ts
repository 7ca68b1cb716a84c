import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Subject } from '../../src/access/principal.ts';
import type { Budgets } from '../../src/access/budget/budgets.ts';
import { MemoryBudgets } from '../../src/access/budget/memory-budgets.ts';
import type { Identity } from '../../src/access/tokens/identity.ts';
import type { AccessGuard } from '../../src/graphql/access/access-guard.ts';
import { buildApp } from '../../src/app.ts';
import type { Identify } from '../../src/http/identify.ts';
import { readConfig } from '../../src/config.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { Instant } from '../../src/kernel/civil-day.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import type { Records } from '../../src/records/open-records.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { NATIONAL } from './database.ts';

export const FIXED_NOW = instantOf('2020-12-31T12:00:00+08:00');

interface Options {
  readonly environment?: Readonly<Record<string, string>>;
  readonly schema?: GraphQLSchema;
  /** Who may ask which fields of it; without one everyone may ask another schema than that of the API. */
  readonly guard?: AccessGuard;
  readonly registry?: Registry;
  readonly database?: Database;
  readonly now?: Instant;
  /** The moment it is, where a test lets time go by. */
  readonly clock?: () => Instant;
  /** `undefined` for those that the configuration asks for. */
  readonly budgets?: Budgets | undefined;
  readonly records?: Records;
  readonly logTo?: { write(line: string): void };
  /** Whom requests come from; null: nobody signed in. */
  readonly as?: Subject | null;
  /** The same, asked again for each request. */
  readonly asks?: () => Subject | null;
  readonly identify?: Identify;
}

/** So much that no test spends it, and kept without a statement. */
const BOUNDLESS = { windowSeconds: 60, most: { anonymous: Number.MAX_SAFE_INTEGER, person: Number.MAX_SAFE_INTEGER, client: Number.MAX_SAFE_INTEGER } };

/** The server as `npm start` builds it, silent and with a fixed clock; without plugins unless a registry is given. */
export function testApp(options: Options = {}): Promise<FastifyInstance> {
  const { environment, schema, guard, registry = createRegistry([]), database, records, now = FIXED_NOW, clock = () => now, logTo, as = NATIONAL, asks = () => as, identify = async () => identityFor(asks()) } = options;
  const budgets = 'budgets' in options ? options.budgets : new MemoryBudgets(BOUNDLESS);
  return buildApp({ config: readConfig({ LOG_LEVEL: 'silent', ...environment }), clock, registry, schema, guard, database, records, budgets, logTo, identify });
}

const identityFor = (subject: Subject | null): Identity | null => subject && { isClient: false, name: null, person: null, ...subject };

export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions: Record<string, unknown> }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Sends one operation by POST. */
export async function ask(app: FastifyInstance, query: string, variables?: object, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
  const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
  return { status: response.statusCode, headers: response.headers, ...(response.json() as Pick<GraphqlAnswer, 'data' | 'errors' | 'extensions'>) };
}

export const codesOf = ({ errors = [] }: GraphqlAnswer): unknown[] => errors.map(({ extensions }) => extensions['code']);

/** The body of an answer without what it says of its cost, which differs each time. */
export const withoutCost = (body: string): string => body.replace(/,"extensions":\{"cost":\{[^}]*\}\}\}$/, '}');
