import { describe, expect, it } from 'vitest';
import { bareRoute } from '../../bench/bare-route.ts';
import { questionOf, SCENARIOS, shanghai } from '../../bench/kernel.ts';
import { page, QUERY } from '../../bench/questions.ts';
import { oneRule, ruleForEach } from '../../bench/rules-engine.ts';
import { amountsOf, sumsOf, thresholdsOf } from '../../bench/thresholds.ts';
import { catalogOf } from '../../src/i18n/catalog.ts';
import { assess } from '../../src/kernel/assess.ts';
import type { Finding } from '../../src/kernel/finding.ts';
import { loadRegistry } from '../support/plugins.ts';
import { testApp, withoutCost } from '../support/server.ts';

const registry = await loadRegistry();
const place = shanghai(registry);

/** Rows and parts with a figure, by `rule/part`; those that only repeat the figure of a part are left out. */
const figures = (finding: Finding): Finding[] => (finding.parts.length > 0 ? finding.parts.flatMap(figures) : finding.required === null ? [] : [finding]);
const nameOf = ({ rule, part }: Finding): string => `${rule.replace('sh-2016-credit/', '')}${part === null ? '' : `/${part}`}`;

describe('the bench compares like with like', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s: the same thresholds', async (_, { person }) => {
    const { findings, ledgers } = assess(place, questionOf(place, person));
    const rows = findings.filter(({ verdict }) => verdict !== 'NOT_APPLICABLE').flatMap(figures);
    const thresholds = thresholdsOf(person);
    expect(thresholds.map(({ name, required }) => [name, required / 100])).toEqual(rows.map((row) => [nameOf(row), Number(row.required)]));

    const sums = sumsOf(thresholds, amountsOf(person));
    const met = thresholds.filter(({ name, required }) => (sums[name] ?? 0) >= required).map(({ name }) => name);
    for (const engine of [ruleForEach(thresholds), oneRule(thresholds)]) expect((await engine.holding(sums)).sort()).toEqual([...met].sort());
    const isAllAtHome = ledgers.every(({ entries }) => entries.every(({ movedFrom }) => movedFrom === null));
    if (isAllAtHome) expect(rows.map((row) => [nameOf(row), Number(row.actual) * 100])).toEqual(Object.entries(sums));
    else expect(met.length).toBeLessThan(rows.filter(({ verdict }) => verdict === 'MET').length);
  });

  it('a page of people: both routes give the same bytes, and nobody is refused', async () => {
    const app = await testApp({ registry });
    const bare = bareRoute({ registry, catalog: catalogOf(registry), language: 'zh' });
    const payload = { query: QUERY, variables: { inputs: page(50) } };
    // The second time the query is compiled.
    await app.inject({ method: 'POST', url: '/graphql', payload });
    const ours = await app.inject({ method: 'POST', url: '/graphql', payload });
    const theirs = await bare.inject({ method: 'POST', url: '/bare', payload });
    // As a truth value: the two pages would fill the screen.
    expect(withoutCost(ours.body) === theirs.body).toBe(true);
    expect(ours.body.includes('"assessment":null')).toBe(false);
    expect(new Set(page(50).map(({ jurisdiction }) => jurisdiction)).size).toBe(4);
    await app.close();
  });
});
