import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getNamedType, getOperationAST, isScalarType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDemo } from '../../src/demo/fill-demo.ts';
import { RequestGuard } from '../../src/graphql/limits/request-guard.ts';
import { apiSchema } from '../../src/graphql/schema.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import { openRecords } from '../../src/records/open-records.ts';
import { createRandom } from '../support/allocation-problems.ts';
import { NATIONAL, TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { randomQuery } from '../support/random-queries.ts';
import type { ArgumentChoices } from '../support/random-queries.ts';
import { ask, testApp } from '../support/server.ts';

const SEED = Number(process.env['COST_SEED'] ?? 20_261_126);
const QUERIES = Number(process.env['COST_QUERIES'] ?? 600);
const schema = apiSchema();

let app: FastifyInstance;
let database: TestDatabase;
let folder: string;
let choices: ArgumentChoices;
beforeAll(async () => {
  const registry = await loadRegistry();
  database = await testDatabase();
  await fillDemo(database, registry, 300);
  folder = mkdtempSync(join(tmpdir(), 'shixun-cost-'));
  const records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  // Somebody of the register who sees everyone, and the records too.
  await database.admin.em.fork().execute(
    `with asking as (update account set person_id = (select min(id) from person) where subject = ? returning id)
     insert into role_grant (account_id, role, scope_kind, jurisdiction_code, from_on, recorded_at) select id, 'AUDITOR', 'jurisdiction', 'CN', '2000-01-01', now() from asking`, [NATIONAL.subject]);
  app = await testApp({ database, records, registry, now: instantOf('2026-11-25T12:00:00+08:00') });
  const { data } = await ask(app, '{ teachers(first: 30) { nodes { id credits(first: 1) { nodes { id } } } } institutions(first: 3) { nodes { id } } a: rulebook(jurisdiction: "310101", at: "2020-06-01") { rules { id } } b: rulebook(jurisdiction: "330106", at: "2020-06-01") { rules { id } } }');
  const { teachers, institutions, a, b } = data as { readonly a: { readonly rules: { readonly id: string }[] }; readonly b: { readonly rules: { readonly id: string }[] }; readonly teachers: { readonly nodes: { readonly id: string; readonly credits: { readonly nodes: { readonly id: string }[] } }[] }; readonly institutions: { readonly nodes: { readonly id: string }[] } };
  choices = choicesFor(teachers.nodes.map(({ id }) => id), institutions.nodes.map(({ id }) => id), [...a.rules, ...b.rules].map(({ id }) => id));
}, 240_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const PLACES = ['310101', '330106', '360102', '150603', 'CN'];
const RULE = '(decision: "creditCompletion")';
const input = (place: string, entries: number): string => `{jurisdiction: "${place}", decision: "creditCompletion", at: "2020-12-31", facts: {roles: [], entries: [${Array.from({ length: entries }, (_, index) => `{credits: "0.${1 + (index % 9)}", completedOn: "2018-05-01", level: "district", category: "practice"}`).join(' ')}]}}`;

function choicesFor(teachers: readonly string[], institutions: readonly string[], rules: readonly string[]): ArgumentChoices {
  const ids = teachers.map((id) => `"${id}"`);
  return {
    'Query.node': [`(id: ${ids[0]})`, `(id: "${institutions[0]}")`],
    'Query.nodes': [1, 5, 30].map((count) => `(ids: [${ids.slice(0, count).join(' ')}])`),
    'Query.teacher': [`(id: ${ids[1]})`],
    'Query.accessTrail': [1, 5, 50].map((count) => `(teacher: ${ids[0]}, first: ${count})`),
    'Query.auditTrail': [1, 5, 50].map((count) => `(node: ${ids[0]}, first: ${count})`),
    'Query.institution': institutions.map((id) => `(id: "${id}")`),
    'Query.rulebook': PLACES.map((code) => `(jurisdiction: "${code}", at: "2020-06-01")`),
    'Query.decisions': PLACES.map((code) => `(jurisdiction: "${code}", at: "2020-06-01")`),
    'Query.rule': rules.map((id) => `(id: "${id}")`),
    'Query.jurisdictions': ['', '(first: 1)', '(first: 30)'],
    'Query.assess': PLACES.map((code) => `(input: ${input(code, 3)})`),
    'Query.assessMany': [1, 4, 12].map((count) => `(inputs: [${Array.from({ length: count }, (_, index) => input(PLACES[index % 3] ?? '', index)).join(' ')}])`),
    'Query.compare': [2, 5].map((count) => `(input: {decision: "creditCompletion", facts: {roles: [], entries: []}, settings: [${PLACES.slice(0, count).map((code) => `{jurisdiction: "${code}", at: "2020-12-31"}`).join(' ')}]})`),
    'Teacher.assessment': [RULE, '(decision: "creditCompletion", allReadings: true)'],
    'Institution.summary': [RULE],
    'Institution.teachers': ['', '(first: 5)', '(last: 50)', '(first: 20, verdict: {decision: "creditCompletion", is: NOT_MET})'],
  };
}

/** Fields that were answered, and values in their lists. What a scalar holds is one value. */
function answered(value: unknown, scalars: ReadonlySet<string>, path = ''): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + (typeof item === 'object' && item !== null ? answered(item, scalars, path) : 1), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, inner]) => {
    const at = `${path}/${name}`;
    return sum + 1 + (scalars.has(at) ? 0 : answered(inner, scalars, at));
  }, 0);
}

/** Where the document selects values that are JSON of their own. */
function scalarPaths(query: string): Set<string> {
  const [found, path, types] = [new Set<string>(), [] as string[], new TypeInfo(schema)];
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: {
        enter({ alias, name }) {
          path.push((alias ?? name).value);
          const type = getNamedType(types.getType());
          if (isScalarType(type) && ['Json', 'Facts'].includes(type.name)) found.add(`/${path.join('/')}`);
        },
        leave: () => void path.pop(),
      },
    }),
  );
  return found;
}

test(`what is answered never exceeds the estimate: ${QUERIES} random queries, seed ${SEED}`, { timeout: 300_000 }, async () => {
  const guard = new RequestGuard(schema);
  const random = createRandom(SEED);
  const over: unknown[] = [];
  let [ran, refused, values] = [0, 0, 0];
  for (let count = 0; count < QUERIES; count++) {
    const query = randomQuery(schema, random, choices);
    const document = parse(query);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    expect(validate(schema, document), query).toEqual([]);
    const { cost, refusal } = guard.judge(document, operation);
    if (refusal) {
      refused++;
      continue;
    }
    const { data, errors } = await ask(app, query);
    if (!data) {
      refused++;
      expect(errors?.[0]?.extensions['code'], query).toMatch(/^(QUERY|TOO|PAGE|BAD)/);
      continue;
    }
    ran++;
    const found = answered(data, scalarPaths(query));
    values += found;
    if (found > cost) over.push({ found, cost, query });
  }
  console.log(`seed ${SEED}: ${ran} ran with ${values} values, ${refused} were refused`);
  expect(over).toEqual([]);
  expect(ran).toBeGreaterThan(QUERIES / 2);
});
