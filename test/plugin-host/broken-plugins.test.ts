import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FAULTS, formatFaults } from '../../src/plugin-host/faults.ts';
import type { FaultCode } from '../../src/plugin-host/faults.ts';
import { loadPlugins } from '../../src/plugin-host/load-plugins.ts';

const BROKEN = fileURLToPath(new URL('../fixtures/broken/', import.meta.url));

/** For each broken plugin: the fault, where it is in the manifest, and what the report has to name. */
const EXPECTED: Readonly<Record<string, readonly [code: FaultCode, path: string, names: readonly string[]]>> = {
  'contract-version': ['CONTRACT_VERSION', 'contract', ['2', 'version 1']],
  'duplicate-decision': ['DUPLICATE_DECISION', 'decisions[agreement]', ['agreement']],
  'duplicate-jurisdiction': ['DUPLICATE_JURISDICTION', 'places[981900].code', ['981900']],
  'duplicate-name': ['DUPLICATE_NAME', 'facts[isAgreed]', ['isAgreed']],
  'duplicate-rule-id': ['DUPLICATE_RULE_ID', 'rules[duplicate-rule-id/1-agreed]', ['2021-01-01', '2021-01-02']],
  'fact-type': ['FACT_TYPE', 'rules[fact-type/1-agreed].check.actual.fact', ['remark: text', 'amount']],
  'impure-load': ['IMPURE_LOAD', 'impure-load/index.ts', ['asks its surroundings']],
  'invalid-period': ['INVALID_PERIOD', 'rules[invalid-period/1-agreed].inForce', ['2020-02-30']],
  'manifest-shape': ['MANIFEST_SHAPE', 'rules', ['none', 'a list']],
  'minima-without-range': ['MINIMA_WITHOUT_RANGE', 'facts[publishedMinima].setting.minima', ['[minimum, planning figure]']],
  'name-mismatch': ['NAME_MISMATCH', 'name', ['another-name', 'name-mismatch']],
  'offset-cycle': ['OFFSET_CYCLE', 'ledgers[book].moves', ['level a', 'level b', 'level c']],
  'rule-cycle': ['RULE_CYCLE', 'rules[rule-cycle/1-agreed].check', ['rule-cycle/2-also-agreed']],
  'rule-outside-document': ['RULE_OUTSIDE_DOCUMENT', 'rules[rule-outside-document/1-agreed].inForce', ['2022-01-01', '2021-12-31']],
  'undecided-rule': ['UNDECIDED_RULE', 'rules[undecided-rule/2-also-agreed]', ['decision']],
  'undeclared-gap': ['UNDECLARED_GAP', 'rules[undeclared-gap/1-agreed]', ['2021-01-01', '2021-01-31', 'gapAfter']],
  'unknown-coordinate': ['UNKNOWN_COORDINATE', 'rules[unknown-coordinate/1-agreed].check.sees[0].where.storey', ['storey', 'level']],
  'unknown-document': ['UNKNOWN_DOCUMENT', 'rules[unknown-document/1-agreed].source.document', ['no-such-document', 'unknown-document']],
  'unknown-fact': ['UNKNOWN_FACT', 'rules[unknown-fact/1-agreed].check.fact', ['isAgreeed', 'did you mean: isAgreed']],
  'unknown-jurisdiction': ['UNKNOWN_JURISDICTION', 'jurisdiction.code', ['98240', 'six digits']],
  'unknown-ledger': ['UNKNOWN_LEDGER', 'rules[unknown-ledger/1-agreed].check.ledger', ['book']],
  'unknown-message': ['UNKNOWN_MESSAGE', 'rules[unknown-message/1-agreed].check.key', ['unknown-message.no-such-sentence']],
  'unknown-param': ['UNKNOWN_PARAM', 'rules[unknown-param/1-agreed].check.required.param', ['leastYears', 'did you mean: least']],
  'unknown-rule': ['UNKNOWN_RULE', 'rules[unknown-rule/1-agreed].succeeds', ['unknown-rule/0-earlier', 'did you mean: unknown-rule/1-agreed']],
  'unsatisfiable-row': ['UNSATISFIABLE_ROW', 'rules[unsatisfiable-row/1-agreed].check', ['"level":["c"]', '"level":["a","b"]']],
};

const loaded = await loadPlugins({ folders: [BROKEN], packagesRoot: null });
const faults = loaded.ok ? [] : loaded.faults;

describe('a broken plugin', () => {
  test.each(Object.entries(EXPECTED))('%s is refused with its fault alone', (plugin, [code, path, names]) => {
    const own = faults.filter((fault) => fault.plugin === plugin);
    expect([...new Set(own.map((fault) => fault.code))]).toEqual([code]);
    expect(own.some((fault) => fault.path === path || fault.path.endsWith(path)), own.map((fault) => fault.path).join()).toBe(true);
    const report = formatFaults(own, 'en');
    for (const name of names) expect(report).toContain(name);
  });

  test('stands among the fixtures for every kind of fault', () => {
    const folders = readdirSync(BROKEN, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
    expect([...new Set(Object.values(EXPECTED).map(([code]) => code))].sort()).toEqual(Object.keys(FAULTS).sort());
  });
});

test('all faults of all plugins are reported at once, in both languages', () => {
  const english = formatFaults(faults, 'en');
  const chinese = formatFaults(faults, 'zh');
  for (const { code, plugin, path } of faults) {
    for (const report of [english, chinese]) for (const named of [code, plugin, path]) expect(report).toContain(named);
    expect(english).toContain(FAULTS[code].en);
    expect(chinese).toContain(FAULTS[code].zh);
  }
  expect(english).toMatch(/^\d+ faults in 25 plugins/);
  expect(chinese).toMatch(/^25个插件中有\d+处错误/);
});
