import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { vi } from 'vitest';
import type { Subject } from '../../../src/access/principal.ts';
import { WHOLE } from '../../../src/access/reach.ts';
import { RELATION_OF, ROLES, SCOPE_OF } from '../../../src/access/roles.ts';
import { ROW_CLASSES } from '../../../src/access/row-classes.ts';
import { AccessGuard } from '../../../src/graphql/access/access-guard.ts';
import { RequestAccess } from '../../../src/graphql/access/request-access.ts';
import { apiSchema } from '../../../src/graphql/schema.ts';
import { openRecords } from '../../../src/records/open-records.ts';
import type { Records } from '../../../src/records/open-records.ts';
import { TEST_LIMITS, testDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { loadRegistry } from '../../support/plugins.ts';
import { testApp } from '../../support/server.ts';
import { pathsOf } from './paths.ts';
import type { Path } from './paths.ts';
import { Reference } from './run.ts';
import type { Run } from './run.ts';
import { ASKERS, makeMatrixWorld, NOW } from './world.ts';
import type { Asker, World } from './world.ts';

/** `npm run test:access`: everything; else a part that the seed chooses, and what is sensitive. */
export const IS_WHOLE = process.env['ACCESS_MATRIX'] === 'whole';
/** How many fields a way from the root has, up to which all ways are walked. */
const DEPTH = Number(process.env['ACCESS_DEPTH'] ?? (IS_WHOLE ? 4 : 3));

export const queryType = (): GraphQLObjectType => apiSchema().getQueryType() as GraphQLObjectType;

/** The world of the matrix and the servers of which it is asked. */
export class Matrix {
  readonly database: TestDatabase;
  readonly world: World;
  /** As the product is. */
  readonly bound: FastifyInstance;
  /** With the database's wall off: the owner of the tables, whom no policy binds, answers. */
  readonly unbound: FastifyInstance;
  readonly reference: Reference;
  readonly #asAllSeeing: FastifyInstance;
  readonly records: Records;
  readonly #closeRecords: () => Promise<void>;
  /** Fields that were compared. */
  compared = 0;
  static #asked: Subject | null = null;

  private constructor(parts: Pick<Matrix, 'database' | 'world' | 'bound' | 'unbound' | 'records'> & { readonly asAllSeeing: FastifyInstance; readonly closeRecords: () => Promise<void> }) {
    ({ database: this.database, world: this.world, bound: this.bound, unbound: this.unbound, records: this.records, asAllSeeing: this.#asAllSeeing, closeRecords: this.#closeRecords } = parts);
    this.reference = new Reference(this.#asAllSeeing);
  }

  static async open(): Promise<Matrix> {
    const database = await testDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'shixun-matrix-'));
    const silent = { warn: () => undefined, error: () => undefined, info: () => undefined };
    const opened = await openRecords({ ...database, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: silent });
    const world = await makeMatrixWorld(database, opened);
    // What the matrix looks at is not put on record: it would change what there is to see.
    const records: Records = { ...opened, access: Object.assign(Object.create(opened.access), { record: async () => undefined }), close: async () => undefined };
    const registry = await loadRegistry();
    const asks = (): Subject | null => Matrix.#asked;
    const kept = { ...database, close: async () => undefined };
    const [bound, unbound, asAllSeeing] = await Promise.all([testApp({ database: kept, registry, now: NOW, records, asks }), testApp({ database: { ...kept, orm: database.admin }, registry, now: NOW, records, asks }), testApp({ database: kept, registry, now: NOW, records })]);
    return new Matrix({ database, world, bound, unbound, asAllSeeing, records, closeRecords: async () => {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    } });
  }

  /** The ways to every type, of the schema as it is built. */
  paths = (most = DEPTH): readonly Path[] => pathsOf(apiSchema(), queryType(), this.world, most);

  /** From now on this asker asks. */
  as({ subject }: Pick<Asker, 'subject'>): void {
    Matrix.#asked = subject;
  }

  run(walls: keyof typeof WALLS): Run {
    return { app: walls === 'without the wall of the database' ? this.unbound : this.bound, walls: { api: walls !== 'without the wall of the API' }, world: this.world, reference: this.reference, count: (fields) => void (this.compared += fields) };
  }

  /** A server of another schema, with the wall of the database or without. */
  async appOf(schema: GraphQLSchema, guard: AccessGuard, isBound: boolean): Promise<FastifyInstance> {
    return testApp({ schema, guard, database: { ...this.database, ...(!isBound && { orm: this.database.admin }), close: async () => undefined }, registry: await loadRegistry(), now: NOW, records: this.records, asks: () => Matrix.#asked });
  }

  /**
   * Does something while the database lets every role read every class of rows in its scope: the functions by which records
   * are read ask for that whoever runs them, the owner of the tables too.
   */
  async withOpenDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
    const em = this.database.admin.em.fork();
    const everything = ROW_CLASSES.flatMap((row_class) => ROLES.map((role) => ({ row_class, role, relation: RELATION_OF[SCOPE_OF[role]] })));
    const added = await em.execute<object[]>('insert into access_rule (row_class, role, relation) select row_class, role, relation from json_to_recordset(?::json) as given (row_class text, role text, relation text) on conflict do nothing returning row_class, role, relation', [JSON.stringify(everything)]);
    try {
      return await work();
    } finally {
      await em.execute('delete from access_rule r using json_to_recordset(?::json) as given (row_class text, role text, relation text) where r.row_class = given.row_class and r.role = given.role and r.relation = given.relation', [JSON.stringify(added)]);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.bound.close(), this.unbound.close(), this.#asAllSeeing.close()]);
    await this.#closeRecords();
    await this.database.close();
  }
}

/** The wall of the API is taken down for a test alone: no setting of the product does. */
function takeDownApi(): void {
  vi.spyOn(RequestAccess.prototype, 'reach').mockReturnValue(WHOLE);
  vi.spyOn(RequestAccess.prototype, 'named', 'get').mockReturnValue(null);
  vi.spyOn(RequestAccess.prototype, 'admits').mockReturnValue(true);
  vi.spyOn(AccessGuard.prototype, 'judge').mockReturnValue(null);
}

export const WALLS = {
  'with both walls': () => undefined,
  'without the wall of the API': takeDownApi,
  'without the wall of the database': () => undefined,
} as const satisfies Record<string, () => void>;
export const EACH_WALL = Object.keys(WALLS) as (keyof typeof WALLS)[];

/** Numbers from a seed (mulberry32): the same seed, the same part. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const SEED = Number(process.env['ACCESS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const ALWAYS = ['TEACHER', 'SCHOOL_ADMINISTRATOR', 'ANALYST', 'ANALYST who answers for a school'];
/** All askers; of a run of all tests those who differ most, and some that the seed chooses. */
export function someAskers(): readonly Asker[] {
  const random = randomFrom(SEED);
  return ASKERS.filter(({ name }) => IS_WHOLE || ALWAYS.includes(name) || random() < 0.25);
}

/** Told beside the results of the tests. */
export const say = (line: string): void => void process.stderr.write(`access matrix: ${line}\n`);
