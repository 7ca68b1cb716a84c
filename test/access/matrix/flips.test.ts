import type { FastifyInstance } from 'fastify';
import { isRequiredArgument } from 'graphql';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { AUDIENCES } from '../../../src/access/policy/audiences.ts';
import type { AudienceName } from '../../../src/access/policy/audiences.ts';
import { MASKED } from '../../../src/access/policy/fields.ts';
import { DELEGATED_ACTIONS } from '../../../src/access/principal.ts';
import { GIVEN_BY, RELATION_OF, ROLES, SCOPE_OF } from '../../../src/access/roles.ts';
import type { Relation, Role } from '../../../src/access/roles.ts';
import { DELEGATED, ROW_CLASSES, ROW_READERS } from '../../../src/access/row-classes.ts';
import type { RowClass } from '../../../src/access/row-classes.ts';
import { AccessGuard } from '../../../src/graphql/access/access-guard.ts';
import { globalId } from '../../../src/graphql/relay/global-id.ts';
import { buildApiSchema } from '../../../src/graphql/schema.ts';
import { RequestStore } from '../../../src/persistence/request-store.ts';
import { DISTRICT, holderOf, STANDINGS } from '../../support/access-world.ts';
import { ask, codesOf } from '../../support/server.ts';
import { IS_WHOLE, Matrix, queryType, randomFrom, say, SEED } from './fixture.ts';
import { allCoordinates, audienceOf, belongs, isMasked, isNarrower, mayAsk, readersOf } from './oracle.ts';
import { fieldsOf } from './paths.ts';
import type { Path } from './paths.ts';
import { plantedName, plantedSchema, withRow } from './planted.ts';
import { bundlesOf, compare, compareNarrower, compareRefused, queryOf } from './run.ts';
import type { Run } from './run.ts';
import { ASKERS } from './world.ts';
import type { Asker } from './world.ts';

/*
 * Each row of each table is flipped in the product while it runs, and the matrix, which goes by the tables as they are
 * written, has to find it. What it would not find would be a row that does nothing.
 */

const AUDIENCE_NAMES = Object.keys(AUDIENCES) as AudienceName[];
let matrix: Matrix;
let schema: GraphQLSchema;
let guard: AccessGuard;
let planted: FastifyInstance;
let paths: readonly Path[];
const caught = { fields: 0, onWays: 0, onPlanted: 0, readers: 0, givers: 0 };

beforeAll(async () => {
  matrix = await Matrix.open();
  schema = plantedSchema();
  guard = new AccessGuard(schema);
  // What is known of an operation is forgotten with each flip.
  planted = await matrix.appOf(schema, { isPublic: (...of) => guard.isPublic(...of), judge: (...of) => guard.judge(...of) } as AccessGuard, true);
  paths = matrix.paths(3);
}, 120_000);
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  say(`flips: ${caught.fields} of fields (${caught.onWays} seen on a way that there is, ${caught.onPlanted} on a planted one alone), ${caught.readers} of readers and delegations, ${caught.givers} of who gives which role, all caught`);
  await planted.close();
  await matrix.close();
});

const random = randomFrom(SEED);
/** All rows, or those of what is sensitive and some that the seed chooses. */
const rows = allCoordinates().filter((coordinate) => !coordinate.includes('/') && (IS_WHOLE || isMasked(coordinate) || isNarrower(coordinate) || random() < 0.06));

/** What comes of an operation with one field: whether it is refused, and whether it was looked up who asks. */
type Outcome = 'refused' | 'open to everyone' | 'let through';

async function outcomeOf(coordinate: string, asker: Asker): Promise<Outcome> {
  matrix.as(asker);
  guard = new AccessGuard(schema);
  const lookedUp = vi.spyOn(RequestStore.prototype, 'principal');
  const codes = codesOf(await ask(planted, operationOf(coordinate)));
  const isAsked = lookedUp.mock.calls.length > 0;
  lookedUp.mockRestore();
  return codes[0] === 'FORBIDDEN' || codes[0] === 'UNAUTHENTICATED' ? 'refused' : isAsked ? 'let through' : 'open to everyone';
}

/** One field alone. A mutation lacks its variable, so that it is judged and not done. */
function operationOf(coordinate: string): string {
  const [typeName = '', name = ''] = coordinate.split('.');
  const type = schema.getType(typeName) as GraphQLObjectType;
  if (type === schema.getMutationType()) {
    const needed = type.getFields()[name]?.args.find(isRequiredArgument);
    const others = type.getFields()[name]?.args.filter((arg) => isRequiredArgument(arg) && arg !== needed) ?? [];
    if (!needed || others.length > 0) throw new Error(`${coordinate}: an argument that has to be given is expected, and one alone`);
    return `mutation ($value: ${String(needed.type)}) { ${name}(${needed.name}: $value) { __typename } }`;
  }
  const field = fieldsOf(schema, type, matrix.world).find((step) => step.name === name);
  if (!field) throw new Error(`${coordinate} is not in the schema`);
  const text = `${name}${field.args}${field.below ? ' { __typename }' : ''}`;
  return type === schema.getQueryType() ? `{ ${text} }` : `{ ${plantedName(typeName)} { ${text} } }`;
}

const expectedOf = (coordinate: string, asker: Asker): Outcome => (!mayAsk(asker, coordinate) ? 'refused' : audienceOf(coordinate) === 'EVERYONE' ? 'open to everyone' : 'let through');

/** Those first who belong to one of two audiences alone. */
const byInterest = (a: AudienceName, b: AudienceName): readonly Asker[] => {
  const differs = (asker: Asker): boolean => belongs(asker, readersOf(a)) !== belongs(asker, readersOf(b));
  return [...ASKERS].sort((one, other) => Number(differs(other)) - Number(differs(one)));
};

async function isCaughtPlanted(coordinate: string, to: AudienceName): Promise<boolean> {
  for (const asker of byInterest(audienceOf(coordinate), to)) if ((await outcomeOf(coordinate, asker)) !== expectedOf(coordinate, asker)) return true;
  return false;
}

/** Whether it would be found by a way that there is: the shortest to the type of the field. */
async function isCaughtOnWay(coordinate: string, to: AudienceName): Promise<boolean> {
  const path = paths.find(({ fields }) => fields.some((field) => field.coordinate === coordinate));
  const only = path && { ...path, fields: path.fields.filter((field) => field.coordinate === coordinate) };
  if (!only) return false;
  for (const asker of byInterest(audienceOf(coordinate), to).filter((one) => belongs(one, readersOf(audienceOf(coordinate))) !== belongs(one, readersOf(to)))) {
    matrix.as(asker);
    guard = new AccessGuard(schema);
    const codes = codesOf(await ask(planted, queryOf(only)));
    const isRefused = codes[0] === 'FORBIDDEN' || codes[0] === 'UNAUTHENTICATED';
    if (isRefused !== ![...only.steps, ...only.fields].every((step) => mayAsk(asker, step.coordinate))) return true;
  }
  return false;
}

/** The other audiences. Two with the same readers differ for nobody who asks: what tells them apart is the table that each is made of. */
const othersThan = (name: AudienceName): readonly AudienceName[] => AUDIENCE_NAMES.filter((other) => readersIn(other) !== readersIn(name));
function readersIn(name: AudienceName): string {
  const readers = readersOf(name);
  return typeof readers === 'string' ? readers : Object.entries(readers).filter(([, relations]) => relations.length > 0).map(([role, relations]) => `${role} ${relations.join(' ')}`).sort().join();
}

describe('the table of fields', () => {
  test('stands as it is written before anything is flipped', async () => {
    const wrong: string[] = [];
    for (const coordinate of rows) for (const asker of IS_WHOLE ? ASKERS : ASKERS.filter(() => random() < 0.2)) if ((await outcomeOf(coordinate, asker)) !== expectedOf(coordinate, asker)) wrong.push(`${coordinate} for ${asker.name}`);
    expect(wrong).toEqual([]);
  });

  test.each(rows)('%s in any other line is noticed', async (coordinate) => {
    const missed: string[] = [];
    for (const to of othersThan(audienceOf(coordinate))) {
      const where = await withRow(coordinate, to, async () => ((await isCaughtOnWay(coordinate, to)) ? 'onWays' : (await isCaughtPlanted(coordinate, to)) ? 'onPlanted' : null));
      if (where) {
        caught.fields += 1;
        caught[where] += 1;
      } else missed.push(`${coordinate} as ${to}`);
    }
    expect(missed).toEqual([]);
  });
});

/** The rows of a table of readers that there could be: a role stands to rows by its scope alone. */
const isReader = (readers: Readonly<Partial<Record<Role, readonly Relation[]>>>, role: Role): boolean => readers[role]?.includes(RELATION_OF[SCOPE_OF[role]]) ?? false;

/** Takes a reader out of a table or puts one in, and back. */
async function withReader<Result>(readers: Partial<Record<Role, readonly Relation[]>>, role: Role, work: () => Promise<Result>): Promise<Result> {
  const before = readers[role];
  readers[role] = isReader(readers, role) ? [] : [RELATION_OF[SCOPE_OF[role]]];
  try {
    return await work();
  } finally {
    if (before === undefined) delete readers[role];
    else readers[role] = before;
  }
}

const askerOf = (role: Role): Asker => ASKERS.find(({ subject }) => subject?.subject === holderOf(role).subject) as Asker;

/** By which fields of the root each class of rows is looked at. */
const LOOKED_AT_BY: Readonly<Partial<Record<RowClass, RegExp>>> = { people: /^Query\.(teacher|teachers|assessment)$/, audit: /^Query\.auditTrail$/, private: /^Query\.auditTrail$/, accesses: /^Query\.accessTrail$/, corrections: /^Query\.(corrections|node)$/ };

/** The shortest ways to a class of rows, with the API alone on guard. */
const differsFor = (asker: Asker, rowClass: RowClass = 'people'): Promise<boolean> => matrix.withOpenDatabase(() => differsOn(asker, rowClass));

async function differsOn(asker: Asker, rowClass: RowClass): Promise<boolean> {
  matrix.as(asker);
  const run: Run = matrix.run('without the wall of the database');
  const ways = paths.filter(({ steps }) => steps.length <= 4 && LOOKED_AT_BY[rowClass]?.test(steps[0]?.coordinate ?? '') && (rowClass === 'private' || steps.length === 1));
  for (const path of ways) if ((await compareRefused(path, asker, run)).length > 0) return true;
  for (const bundle of bundlesOf(ways, queryType())) if ((await compare(bundle, asker, run)).length > 0) return true;
  return false;
}

describe('audiences', () => {
  /** Those of routes alone, flipped where the route is tested: test/imports/by-role.test.ts. */
  const ofRoutes: readonly AudienceName[] = ['IMPORTERS'];
  const lists = AUDIENCE_NAMES.filter((name) => typeof AUDIENCES[name] === 'object' && !ofRoutes.includes(name));
  test.each(lists.flatMap((name) => ROLES.map((role) => [name, role] as const)))('%s with or without %s is noticed', async (name, role) => {
    const coordinate = allCoordinates().find((one) => !one.includes('/') && audienceOf(one) === name);
    // To whom something masked is shown in full: flipped with what is masked, below.
    if (coordinate === undefined) return expect(Object.values(MASKED).map(({ clear }) => clear)).toContain(name);
    const asker = askerOf(role);
    expect(await outcomeOf(coordinate, asker)).toBe(expectedOf(coordinate, asker));
    expect(await withReader(AUDIENCES[name] as Partial<Record<Role, readonly Relation[]>>, role, () => outcomeOf(coordinate, asker))).not.toBe(expectedOf(coordinate, asker));
    caught.readers += 1;
  });
});

/** Classes of rows that the API asks the database for as they are: its copy of the table decides, see the tests of the database by itself. */
const IN_DATABASE_ALONE: Readonly<Partial<Record<RowClass, string>>> = {
  grants: 'which grants there are to be given and ended is read from the database, and who may do it stands in GIVEN_BY',
};

describe('readers of rows, in the API', () => {
  /** Whether somebody gets an assessment of each teacher, tried only. */
  const recordsOf = async (asker: Asker): Promise<string> => {
    matrix.as(asker);
    const tried = STANDINGS.map(async (standing) => (await ask(matrix.unbound, `mutation { assessmentRecord(dryRun: true, input: {teacher: "${globalId('Teacher', matrix.world.people[standing])}", decision: "creditCompletion", at: "2020-12-31"}) { assessment { verdict } userErrors { code } } }`)).data ?? 'refused');
    return JSON.stringify(await Promise.all(tried));
  };
  test('each class is looked at here or named as one of the database', () => {
    expect(Object.keys({ ...LOOKED_AT_BY, recorded: true, ...IN_DATABASE_ALONE }).sort()).toEqual([...ROW_CLASSES].sort());
  });

  /** What is personal in the trail is sealed to those who see the trail: of others nothing is seen that could be. */
  const isLookedAt = (rowClass: RowClass, role: Role): boolean => rowClass !== 'private' || isReader(ROW_READERS.audit, role);
  test.each((Object.keys(LOOKED_AT_BY) as RowClass[]).flatMap((rowClass) => ROLES.filter((role) => isLookedAt(rowClass, role)).map((role) => [rowClass, role] as const)))('%s with or without %s are noticed', async (rowClass, role) => {
    expect(await differsFor(askerOf(role), rowClass)).toBe(false);
    expect(await withReader(ROW_READERS[rowClass] as Partial<Record<Role, readonly Relation[]>>, role, () => differsFor(askerOf(role), rowClass))).toBe(true);
    caught.readers += 1;
  });

  test.each(ROLES)('those about whom something is recorded with or without %s are noticed', async (role) => {
    const asker = askerOf(role);
    const before = await recordsOf(asker);
    expect(await withReader(ROW_READERS.recorded as Partial<Record<Role, readonly Relation[]>>, role, () => recordsOf(asker))).not.toBe(before);
    expect(await recordsOf(asker)).toBe(before);
    caught.readers += 1;
  });

  const delegated = DELEGATED as Partial<Record<RowClass, string>>;
  test.each(['people', 'recorded', 'corrections'] as const)('another action that opens %s is noticed', async (rowClass) => {
    const asker = ASKERS.find(({ actsFor }) => actsFor !== null) as Asker;
    const before = delegated[rowClass];
    const notice = async (): Promise<string> => `${await differsFor(asker)} ${await differsFor(asker, 'corrections')} ${await recordsOf(asker)}`;
    const usual = await notice();
    for (const action of [...DELEGATED_ACTIONS.filter((other) => other !== before), undefined]) {
      try {
        if (action === undefined) delete delegated[rowClass];
        else delegated[rowClass] = action;
        // Nobody here holds a delegation to anything but to look, so what asks for another one changes nothing for who has none.
        if (rowClass !== 'people' && action !== 'VIEW') expect(await notice()).toBe(usual);
        else expect(await notice()).not.toBe(usual);
      } finally {
        if (before !== undefined) delegated[rowClass] = before;
      }
    }
    caught.readers += 1;
  });
});

describe('names in part, and fields that are for fewer than see the object', () => {
  /** With a schema that is guarded by the tables as they stand, asked by everybody on the shortest ways. */
  async function isNoticed(coordinate: string): Promise<boolean> {
    const made = buildApiSchema();
    const app = await matrix.appOf(made, new AccessGuard(made), true);
    try {
      const run: Run = { ...matrix.run('with both walls'), app };
      const ways = paths.filter(({ steps, fields }) => steps.length === 1 && steps[0]?.coordinate !== 'Query.node' && fields.some((field) => field.coordinate === coordinate)).map((path) => ({ ...path, fields: path.fields.filter((field) => field.coordinate === coordinate) }));
      expect(ways.length, coordinate).toBeGreaterThan(0);
      for (const asker of ASKERS) {
        matrix.as(asker);
        for (const path of ways) if ([...(await compareNarrower(path, asker, run)), ...(await compareRefused(path, asker, run))].length > 0) return true;
        for (const bundle of bundlesOf(ways, queryType())) if ((await compare(bundle, asker, run)).length > 0) return true;
      }
      return false;
    } finally {
      await app.close();
    }
  }

  const masked = MASKED as Record<string, { clear: AudienceName }>;
  /** Those that stand in a list of private values are flipped in test/access/private.test.ts: the ways to them are for fewer themselves. */
  test.each(Object.keys(MASKED).filter((coordinate) => coordinate !== 'IdentityNumber.number'))('%s in full to any other audience is noticed', async (coordinate) => {
    const row = masked[coordinate] as { clear: AudienceName };
    const before = row.clear;
    expect(await isNoticed(coordinate)).toBe(false);
    const missed: AudienceName[] = [];
    for (const to of AUDIENCE_NAMES.filter((name) => name !== before)) {
      row.clear = to;
      try {
        if (!(await isNoticed(coordinate))) missed.push(to);
        else caught.readers += 1;
      } finally {
        row.clear = before;
      }
    }
    expect(missed).toEqual([]);
  });

  test.each(allCoordinates().filter(isNarrower))('%s for any other audience is noticed where the schema is built so', async (coordinate) => {
    expect(await isNoticed(coordinate)).toBe(false);
    for (const to of AUDIENCE_NAMES.filter((name) => name !== audienceOf(coordinate))) {
      expect([to, await withRow(coordinate, to, () => isNoticed(coordinate))]).toEqual([to, true]);
      caught.readers += 1;
    }
  });
});

describe('who gives which role', () => {
  const givers = Object.keys(GIVEN_BY) as Role[];
  const gives = async (giver: Role, role: Role): Promise<string> => {
    // Equals do not make each other: the one above does.
    matrix.as(giver === 'AUTHORITY' && role === 'AUTHORITY' ? (ASKERS.find(({ name }) => name === 'AUTHORITY of the province') as Asker) : askerOf(giver));
    const over = { self: '', institution: `institution: "${globalId('Institution', matrix.world.schools.own)}"`, jurisdiction: `jurisdiction: "${DISTRICT}"` }[SCOPE_OF[role]];
    return JSON.stringify((await ask(matrix.bound, `mutation { roleGrant(dryRun: true, input: {account: {issuer: "access", subject: "somebody new"}, role: ${role}${over === '' ? '' : `, ${over}`}}) { userErrors { code path } } }`)).data);
  };

  test.each(givers.flatMap((giver) => ROLES.map((role) => [giver, role] as const)))('%s with or without %s is noticed', async (giver, role) => {
    const table = GIVEN_BY as Record<Role, readonly Role[]>;
    const given = table[giver];
    const before = await gives(giver, role);
    table[giver] = given.includes(role) ? given.filter((one) => one !== role) : [...given, role];
    try {
      // A role over an institution holds none over a place, a role over oneself is given by nobody, and nobody in the lowest place has an equal below.
      const isHeldAbove = SCOPE_OF[role] !== 'self' && (SCOPE_OF[giver] === 'jurisdiction' || SCOPE_OF[role] === 'institution') && (giver !== role || giver === 'AUTHORITY' || giver === 'SYSTEM_ADMINISTRATOR');
      if (isHeldAbove) expect(await gives(giver, role)).not.toBe(before);
      else expect(await gives(giver, role)).toBe(before);
      caught.givers += 1;
    } finally {
      table[giver] = given;
    }
  });
});
