import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry: await loadRegistry() });
});
afterAll(() => app.close());

const OUTCOME = `
  userErrors { code path value nearest message }
  assessment {
    verdict decision ruleId at lawAt jurisdiction { code } rulebook { hash from to } evidence missing
    reasons { code message key }
    findings { ruleId verdict required actual shortfall unit dueOn parts { part verdict } }
    gap { amount cells { amount at rules isClosable } }
    ledgers { id entries { index amount nowhere movedBy countsFor } }
    assumed { name value }
    dependsOnReadings { depends on tried { differs } }
    yields { name value unit }
  }`;
const ASSESS = `query Q($input: AssessInput!) { assess(input: $input) { ${OUTCOME} } }`;
const MANY = `query Q($inputs: [AssessInput!]!) { assessMany(inputs: $inputs) { ${OUTCOME} } }`;
const COMPARE = `query Q($input: CompareInput!) { compare(input: $input) { outcomes { ${OUTCOME} } differences { topic findings { ruleId verdict required unit } } userErrors { code path } } }`;

interface Outcome {
  readonly userErrors: readonly { readonly code: string; readonly path: string; readonly nearest: readonly string[]; readonly message: string }[];
  readonly assessment: { readonly verdict: string; readonly gap: { readonly amount: string } | null; readonly [field: string]: unknown } | null;
}

const shanghai = { jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', facts: { developmentSchool: 'none', roles: [], entries: [] } };
const zhejiang = { jurisdiction: '330106', rule: 'zj-2016-71/2-cycle', at: '2020-12-31', facts: { cycleStartOn: '2016-01-01', creditTotals: { cycle: '359.99' } } };
const jiangxi = { jurisdiction: '360100', rule: 'cn-2011-1/cycle-hours', at: '2019-12-31', facts: { cycleStartOn: '2015-01-01', onStaffList: true, inPost: true, hours: { total: 360 } } };
const kangbashi = { jurisdiction: '150603', decision: 'yearlyHours', at: '2022-12-31', facts: { staffKind: 'offCampus', trainingEntries: [] } };

const assess = async (input: object, headers = {}): Promise<Outcome> => (await ask(app, ASSESS, { input }, headers)).data?.['assess'] as Outcome;

describe('assess', () => {
  it('answers with the verdict, its grounds and the gap', async () => {
    const { assessment, userErrors } = await assess(shanghai);
    expect(userErrors).toEqual([]);
    expect(assessment).toMatchObject({ verdict: 'NOT_MET', decision: 'creditCompletion', ruleId: null, at: '2020-12-31T00:00:00+08:00', lawAt: '2020-12-31T00:00:00+08:00', jurisdiction: { code: '310101' }, evidence: 'FOUNDING', gap: { amount: '36' } });
    expect(assessment?.['rulebook']).toMatchObject({ from: '2016-01-01', to: '2020-12-31', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('answers one rule by itself', async () => {
    const { assessment } = await assess(zhejiang);
    expect(assessment).toMatchObject({ verdict: 'NOT_MET', findings: [{ required: '360', actual: '359.99', shortfall: '0.01', unit: 'credit', dueOn: '2020-12-31' }] });
  });

  it('takes another law than that of the moment', async () => {
    const { assessment } = await assess({ ...shanghai, at: '2021-02-01', lawAt: '2020-12-31' });
    expect(assessment).toMatchObject({ verdict: 'NOT_MET', lawAt: '2020-12-31T00:00:00+08:00', reasons: expect.arrayContaining([expect.objectContaining({ code: 'OVERDUE' })]) });
  });

  it('says in both languages why', async () => {
    const chinese = await assess(shanghai);
    const english = await assess(shanghai, { 'accept-language': 'en' });
    const keys = ({ assessment }: Outcome): unknown => (assessment?.['reasons'] as { key: string }[]).map(({ key }) => key);
    const messages = ({ assessment }: Outcome): string => (assessment?.['reasons'] as { message: string }[]).map(({ message }) => message).join();
    expect(keys(chinese)).toEqual(keys(english));
    expect(messages(chinese)).toMatch(/学分/);
    expect(messages(english)).toMatch(/credits/);
  });

  it('reports everything that is wrong at once, each with its path and the nearest known names', async () => {
    const { assessment, userErrors } = await assess({
      ...shanghai,
      decision: 'creditCompletions',
      readings: [{ rule: 'sh-2016-credit/1.2-external', reading: 'nonsense' }, { rule: 'sh-2016-credit/9', reading: 'x' }],
      facts: { developmentSchol: 'none', roles: [{ role: 'headteacher', color: 'red' }], entries: [{ credits: 1.5, completedOn: '2018-02-30', level: 'city' }, { credits: '1.505' }] },
    });
    expect(assessment).toBeNull();
    expect(userErrors.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'UNKNOWN_DECISION decision',
      'UNKNOWN_READING readings[0].reading',
      'UNKNOWN_RULE readings[1].rule',
      'UNKNOWN_FACT facts.developmentSchol',
      'UNKNOWN_VALUE facts.roles[0].role',
      'UNKNOWN_FIELD facts.roles[0].color',
      'WRONG_TYPE facts.entries[0].credits',
      'WRONG_TYPE facts.entries[0].completedOn',
      'UNKNOWN_VALUE facts.entries[0].level',
      'TOO_FINE facts.entries[1].credits',
    ]);
    expect(userErrors.find(({ code }) => code === 'UNKNOWN_FACT')?.nearest[0]).toBe('developmentSchool');
    expect(userErrors.find(({ code }) => code === 'TOO_FINE')?.nearest).toEqual([]);
    expect(userErrors.every(({ message }) => message.length > 5)).toBe(true);
  });

  it('wants exactly one of a decision and a rule, and a known place', async () => {
    expect((await assess({ ...shanghai, decision: null })).userErrors).toMatchObject([{ code: 'NOT_ONE_SUBJECT' }]);
    expect((await assess({ ...shanghai, rule: 'sh-2016-credit/1.1-total' })).userErrors).toMatchObject([{ code: 'NOT_ONE_SUBJECT' }]);
    expect((await assess({ ...shanghai, jurisdiction: '310199' })).userErrors).toMatchObject([{ code: 'UNKNOWN_JURISDICTION', path: 'jurisdiction', nearest: expect.arrayContaining(['310000']) }]);
  });

  it('refuses more entries than a person may have', async () => {
    const entries = Array.from({ length: 1001 }, () => ({ credits: '1' }));
    expect((await assess({ ...shanghai, facts: { ...shanghai.facts, entries } })).userErrors).toMatchObject([{ code: 'TOO_MANY', path: 'facts.entries' }]);
  });

  it('tells which readings the verdict depends on', async () => {
    const { assessment } = await assess({ jurisdiction: '360000', rule: 'jx-2014-36/3.1-age', at: '2014-12-01', allReadings: true, facts: { sex: 'male', birthDate: '1959-05-01' } });
    expect(assessment).toMatchObject({ verdict: 'MET', dependsOnReadings: { depends: true, on: ['jx-2014-36/3.1-age'] } });
  });

  it('keeps minima inside the range that the text allows', async () => {
    const withMinima = (rule: string, credits: string): Promise<Outcome> => assess({ ...shanghai, facts: { ...shanghai.facts, districtMinima: [{ rule, credits }] } });
    expect((await withMinima('sh-2016-credit/1.1-knowledge-skills', '14')).userErrors).toEqual([]);
    expect((await withMinima('sh-2016-credit/1.1-knowledge-skills', '14.01')).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', nearest: ['12', '14'] }]);
    expect((await withMinima('sh-2016-credit/1.1-knowledge-skills', '11.99')).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE' }]);
    expect((await withMinima('sh-2016-credit/1.1-total', '37')).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: 'facts.districtMinima[0].rule' }]);
  });

  it('answers for a place without rules of its own from the national floor alone', async () => {
    const { assessment } = await assess({ jurisdiction: '110101', decision: 'projectSubmission', at: '2020-01-07', facts: {} });
    expect(assessment).toMatchObject({ verdict: 'UNDETERMINED', reasons: [{ code: 'RULE_NOT_KNOWN' }] });
  });
});

describe('assessMany', () => {
  it('answers mixed places in the order given, each with its own outcome', async () => {
    const { data } = await ask(app, MANY, { inputs: [shanghai, { ...zhejiang, rule: 'zj-2016-71/2' }, zhejiang, jiangxi, kangbashi] });
    const outcomes = data?.['assessMany'] as Outcome[];
    expect(outcomes.map(({ assessment }) => assessment?.verdict ?? null)).toEqual(['NOT_MET', null, 'NOT_MET', 'MET', 'NOT_MET']);
    expect(outcomes[1]?.userErrors).toMatchObject([{ code: 'UNKNOWN_RULE' }]);
  });

  it('gives each the answer that it has alone', async () => {
    const inputs = [shanghai, zhejiang, jiangxi, kangbashi];
    const { data } = await ask(app, MANY, { inputs });
    expect(data?.['assessMany']).toEqual(await Promise.all(inputs.map((input) => assess(input))));
  });

  it('takes 100 questions and refuses 101, and more than 10,000 list items in all', async () => {
    expect((await ask(app, MANY, { inputs: Array.from({ length: 100 }, () => jiangxi) })).data?.['assessMany']).toHaveLength(100);
    expect(codesOf(await ask(app, MANY, { inputs: Array.from({ length: 101 }, () => jiangxi) }))).toEqual(['TOO_MANY']);
    const long = { ...shanghai, facts: { ...shanghai.facts, entries: Array.from({ length: 1000 }, () => ({ credits: '0.01', completedOn: '2018-01-01', level: 'school', category: 'practice' })) } };
    expect((await ask(app, MANY, { inputs: Array.from({ length: 10 }, () => long) })).data?.['assessMany']).toHaveLength(10);
    expect(codesOf(await ask(app, MANY, { inputs: Array.from({ length: 11 }, () => long) }))).toEqual(['TOO_MANY']);
  });
});

describe('compare', () => {
  it('tells by topic in what moments and places differ', async () => {
    const settings = [
      { jurisdiction: '310000', at: '2020-12-31' },
      { jurisdiction: '310000', at: '2025-12-31' },
      { jurisdiction: '330000', at: '2020-12-31' },
    ];
    const { data, errors } = await ask(app, COMPARE, { input: { decision: 'creditCompletion', facts: { developmentSchool: 'none', roles: [], entries: [], cycleStartOn: '2016-01-01' }, settings } });
    expect(errors).toBeUndefined();
    const { differences, outcomes, userErrors } = data?.['compare'] as { differences: { topic: string; findings: ({ required: string } | null)[] }[]; outcomes: Outcome[]; userErrors: unknown[] };
    expect(userErrors).toEqual([]);
    expect(outcomes).toHaveLength(3);
    expect(differences.find(({ topic }) => topic === 'credit/ethics-literacy')?.findings.map((finding) => finding?.required ?? null)).toEqual(['12', '8', null]);
    expect(differences.find(({ topic }) => topic === 'credit/total')?.findings.map((finding) => finding?.required ?? null)).toEqual(['36', '36', '360']);
  });

  it('reports what is wrong with the facts once, and what is wrong with a setting there', async () => {
    const { data } = await ask(app, COMPARE, { input: { decision: 'creditCompletion', facts: { nonsense: 1 }, settings: [{ jurisdiction: '310000', at: '2020-12-31' }, { jurisdiction: '999999', at: '2020-12-31' }, { jurisdiction: '330000', at: '2020-12-31' }] } });
    expect((data?.['compare'] as { userErrors: unknown }).userErrors).toEqual([{ code: 'UNKNOWN_FACT', path: 'facts.nonsense' }, { code: 'UNKNOWN_JURISDICTION', path: 'settings[1].jurisdiction' }]);
  });

  it('needs two settings, and takes twenty', async () => {
    const setting = { jurisdiction: '310000', at: '2020-12-31' };
    const compare = (count: number): Promise<unknown[]> => ask(app, COMPARE, { input: { decision: 'creditCompletion', facts: {}, settings: Array.from({ length: count }, () => setting) } }).then(codesOf);
    expect(await compare(1)).toEqual(['OUT_OF_RANGE']);
    expect(await compare(20)).toEqual([]);
    expect(await compare(21)).toEqual(['TOO_MANY']);
  });
});
