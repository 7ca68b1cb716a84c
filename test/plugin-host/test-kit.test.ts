import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPlugin } from '../../src/testing/test-kit.ts';
import type { PluginManifest } from '../../src/plugin-host/contract.ts';
import { loadManifests, PLUGINS_FOLDER } from '../support/plugins.ts';

let cases: string;
let national: PluginManifest;
let district: PluginManifest;
beforeAll(async () => {
  cases = mkdtempSync(join(tmpdir(), 'cases-'));
  const manifests = await loadManifests(PLUGINS_FOLDER);
  national = manifests.find(({ name }) => name === 'national') as PluginManifest;
  district = manifests.find(({ name }) => name === 'kangbashi') as PluginManifest;
});
afterAll(() => rmSync(cases, { recursive: true }));

describe('the test kit for authors of plugins', () => {
  it('runs the cases of one plugin and names the rules without one', () => {
    writeFileSync(join(cases, 'hours.yaml'), '- {name: enough, decision: yearlyHours, at: 2022-12-31, facts: {staffKind: school}, expect: {verdict: NOT_APPLICABLE}}\n');
    const report = testPlugin(district, cases, [national]);
    expect(report).toMatchObject({ faults: '', casesRun: 1, failures: [] });
    expect(report.rulesWithoutCase).toContain('kb-2022-offcampus/3-stars');
  });
  it('shows what a failing case found', () => {
    writeFileSync(join(cases, 'hours.yaml'), '- {name: wrong, decision: yearlyHours, at: 2022-12-31, facts: {staffKind: school}, expect: {verdict: MET}}\n');
    expect(testPlugin(district, cases, [national]).failures).toEqual([{ file: 'hours.yaml', name: 'wrong', expected: { verdict: 'MET' }, found: { verdict: 'NOT_APPLICABLE' } }]);
  });
  it('says what the host would find wrong', () => {
    expect(testPlugin({ ...district, contract: 2 as 1 }, cases, [national]).faults).toMatch(/contract/i);
  });
});
