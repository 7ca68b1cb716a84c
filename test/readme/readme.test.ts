import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDemo } from '../../src/demo/fill-demo.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import type { TestDatabase } from '../support/database.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { blocksOf, examplesOf } from '../support/readme.ts';
import { ask, testApp } from '../support/server.ts';

/** The day on which the README was last read; a query with the tag `today` is asked then. */
const TODAY = instantOf('2026-11-25T12:00:00+08:00');

let database: TestDatabase;
let apps: Readonly<Record<string, FastifyInstance>>;
beforeAll(async () => {
  const registry = await loadRegistry();
  database = await testDatabase();
  await fillDemo(database, registry);
  // Whichever server is closed first closes the store.
  apps = { '': await testApp({ registry, database: { ...database, close: async () => undefined } }), today: await testApp({ registry, database, now: TODAY }) };
}, 180_000);
afterAll(async () => {
  await apps['']?.close();
  await apps['today']?.close();
});

describe.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh-CN'],
])('%s', (name, language) => {
  it.each(examplesOf(name).filter(({ tag }) => tag in { '': 0, today: 0 }).map((example, index) => [index + 1, example] as const))('shows the real answer to its query %i', async (_, { query, tag, variables, answer }) => {
    const { data, errors } = await ask(apps[tag] as FastifyInstance, query, variables, { 'accept-language': language });
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(answer);
  });
});

it('says in both languages the same commands, queries and files', () => {
  const common = (name: string): string[] => blocksOf(name).filter(({ tag, language }) => tag !== 'answer' && language !== 'sh').map(({ language, tag, text }) => `${language} ${tag}\n${text}`);
  expect(common('README.zh-CN.md')).toEqual(common('README.md'));
});
