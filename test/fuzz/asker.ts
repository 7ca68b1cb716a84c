import { parse, validate, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { expect } from 'vitest';
import { apiSchema } from '../../src/graphql/schema.ts';
import { codesOfAnswer, isAnswer, send } from '../faults/client.ts';
import type { GraphqlBody, HttpAnswer } from '../faults/client.ts';
import type { Rig } from '../faults/rig.ts';
import { isForRequest } from '../support/query-count.ts';
import { violations } from './conforms.ts';
import type { Operation } from './operations.ts';
import type { Known } from './values.ts';

export const schema: GraphQLSchema = apiSchema();

/** As whom the product is asked; null: without a token. */
export const WHO = [null, 'teacher', 'authority', 'analyst', 'school-administrator', 'district-reviewer', 'auditor', 'security-officer', 'system-administrator', 'public-front-end'] as const;
export type Who = (typeof WHO)[number];

/** What came of the operations that were asked. */
export interface Outcomes {
  asked: number;
  /** Answered with data, by resolvers that ran. */
  executed: number;
  /** Of these, with errors of single fields. */
  partly: number;
  /** Refused by a resolver, so that nothing was left of the data. */
  refusedByResolver: number;
  /** Refused before any ran, or invalid. */
  readonly refused: Record<string, number>;
  readonly executedAs: Record<string, number>;
  values: number;
  statements: number;
  /** The largest part of an estimate that was used. */
  mostUsed: number;
}

export const noOutcomes = (): Outcomes => ({ asked: 0, executed: 0, partly: 0, refusedByResolver: 0, refused: {}, executedAs: {}, values: 0, statements: 0, mostUsed: 0 });

/** Codes that no operation, whatever it is, may be answered with by a server that is well. */
const OURS = ['INTERNAL', 'STORE_UNAVAILABLE', 'QUERY_TIMEOUT', 'LOCK_TIMEOUT', 'TRANSACTION_TIMEOUT', 'OVERLOADED', 'ACCESS_RECORD_UNAVAILABLE', 'AUTH_PROVIDER_UNAVAILABLE'];

/** A change with its key and its record takes so many; a field is read by a few, however long the lists are in which it stands. */
const STATEMENTS_OF_A_CHANGE = 12;
const MOST_STATEMENTS_A_FIELD = 3;

const headersOf = async (rig: Rig, who: Who): Promise<Record<string, string>> => (who === null ? {} : { authorization: `Bearer ${await rig.token(who)}` });

/** Asks an operation and looks at the answer from all sides. */
export async function ask(rig: Rig, { query, variables }: Operation, who: Who, outcomes: Outcomes): Promise<HttpAnswer> {
  const document = parse(query);
  let statements = 0;
  if (rig.proxy)
    rig.proxy.watch = (moment, { sql }) => {
      if (moment === 'asked' && !isForRequest(sql) && !/budget|access_record|access_head/i.test(sql)) statements++;
      return null;
    };
  const outcome = await send(rig.url, { query, variables }, await headersOf(rig, who)).outcome;
  const about = JSON.stringify({ who, query, variables, outcome });
  if (!isAnswer(outcome)) return expect.fail(`no answer: ${about.slice(0, 4_000)}`);
  const { status, body } = outcome;
  outcomes.asked++;
  expect(status, about).toBeLessThan(500);
  const codes = codesOfAnswer(outcome);
  for (const code of codes) expect(OURS, about).not.toContain(code);
  for (const { message, extensions } of body.errors ?? []) expect([typeof message, message.length > 0, typeof extensions['code']], about).toEqual(['string', true, 'string']);
  note(outcomes, document, body, codes, who);
  if (body.data == null) return outcome;
  const { requested } = body.extensions?.['cost'] as { readonly requested: number };
  expect(violations(schema, document, variables, body.data), about).toEqual([]);
  const values = valuesIn(body.data);
  outcomes.values += values;
  outcomes.statements += statements;
  outcomes.mostUsed = Math.max(outcomes.mostUsed, requested > 0 ? values / requested : 0);
  expect(values, about).toBeLessThanOrEqual(requested);
  // A statement counts as many values.
  expect(statements, about).toBeLessThanOrEqual(requested);
  expect(statements, about).toBeLessThanOrEqual(STATEMENTS_OF_A_CHANGE + MOST_STATEMENTS_A_FIELD * fieldsOf(document));
  return outcome;
}

function note(outcomes: Outcomes, document: DocumentNode, { data, errors = [] }: GraphqlBody, codes: readonly unknown[], who: Who): void {
  if (data != null) {
    outcomes.executed++;
    outcomes.executedAs[who ?? 'nobody'] = (outcomes.executedAs[who ?? 'nobody'] ?? 0) + 1;
    if (errors.length > 0) outcomes.partly++;
  } else if (errors.some((error) => 'path' in error && Array.isArray(error.path))) outcomes.refusedByResolver++;
  else {
    const code = String(codes[0]);
    outcomes.refused[code] = (outcomes.refused[code] ?? 0) + 1;
    // What does not fit the schema does so by the value of a scalar alone.
    if (code === 'GRAPHQL_VALIDATION_FAILED') for (const { message } of validate(schema, document)) expect(message).not.toMatch(/cannot query|unknown (argument|type|fragment|directive)|conflict|never used|not defined/i);
  }
}

function fieldsOf(document: DocumentNode): number {
  let count = 0;
  visit(document, { Field: () => void count++ });
  return count;
}

/** Fields that were answered and items of lists; what a scalar holds is not looked into. */
function valuesIn(data: unknown): number {
  if (Array.isArray(data)) return data.reduce<number>((sum, item) => sum + (typeof item === 'object' && item !== null ? valuesIn(item) : 1), 0);
  return typeof data === 'object' && data !== null ? Object.values(data).reduce<number>((sum, inner) => sum + 1 + valuesIn(inner), 0) : 0;
}

/** Ids, names, cursors and rules that there are, and some of what is made by changes. */
export async function learn(rig: Rig): Promise<Known> {
  const data = async <Data>(query: string, who: Who = 'authority'): Promise<Data> => {
    const outcome = await send(rig.url, { query }, await headersOf(rig, who)).outcome;
    if (!isAnswer(outcome) || outcome.body.errors) return expect.fail(JSON.stringify(outcome));
    return outcome.body.data as Data;
  };
  const { teachers, institutions, rulebook } = await data<{
    readonly teachers: { readonly nodes: readonly { readonly id: string; readonly name: string; readonly credits: { readonly nodes: readonly { readonly id: string }[] } }[]; readonly edges: readonly { readonly cursor: string }[] };
    readonly institutions: { readonly nodes: readonly { readonly id: string }[]; readonly edges: readonly { readonly cursor: string }[] };
    readonly rulebook: { readonly rules: readonly { readonly id: string }[] };
  }>('{ teachers(first: 40) { nodes { id name credits(first: 2) { nodes { id } } } edges { cursor } } institutions(first: 10) { nodes { id } edges { cursor } } rulebook(jurisdiction: "310101", at: "2020-06-01") { rules { id } } }');
  const people = teachers.nodes.map(({ id }) => id);
  const assessments: string[] = [];
  for (const teacher of people.slice(0, 5)) {
    const { done } = await data<{ readonly done: { readonly storedAssessment: { readonly id: string } | null } }>(`mutation { done: assessmentRecord(input: {teacher: "${teacher}", decision: "creditCompletion", at: "2020-12-31"}) { storedAssessment { id } } }`);
    if (done.storedAssessment) assessments.push(done.storedAssessment.id);
  }
  const grants: string[] = [];
  for (let count = 0; count < 5; count++) {
    const { done } = await data<{ readonly done: { readonly grant: { readonly id: string } } }>(`mutation { done: roleGrant(input: {account: {issuer: "https://fuzz.example", subject: "fuzz-${count}"}, role: ANALYST, jurisdiction: "310101"}) { grant { id } } }`);
    grants.push(done.grant.id);
  }
  const may = new Map<string | null, ReadonlySet<string>>();
  for (const who of WHO) may.set(who, new Set((await data<{ readonly viewer: { readonly may: readonly string[] } }>('{ viewer { may } }', who)).viewer.may));
  const credits = teachers.nodes.flatMap((teacher) => teacher.credits.nodes.map(({ id }) => id));
  const schools = institutions.nodes.map(({ id }) => id);
  return {
    may,
    ids: [...people.slice(0, 10), ...schools.slice(0, 5), ...credits.slice(0, 10), ...assessments, ...grants],
    teachers: people,
    institutions: schools,
    assessments,
    grants,
    names: teachers.nodes.map(({ name }) => name.slice(0, 2)),
    cursors: [...teachers.edges, ...institutions.edges].map(({ cursor }) => cursor),
    rules: rulebook.rules.map(({ id }) => id),
    subjects: Array.from({ length: 8 }, (_, index) => `fuzz-${index}`),
  };
}

export function tell(name: string, seed: number, outcomes: Outcomes): string {
  const { asked, executed, partly, refusedByResolver, refused, executedAs, values, statements, mostUsed } = outcomes;
  return `${name}: seed ${seed}, ${asked} asked, ${executed} executed (${partly} of them with errors of single fields), ${refusedByResolver} refused by a resolver, refused before: ${JSON.stringify(refused)}\n  executed as ${JSON.stringify(executedAs)}; ${values} values, ${statements} statements, at most ${Math.round(mostUsed * 100)} % of an estimate used`;
}
