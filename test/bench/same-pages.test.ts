import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barePage } from '../../bench/pages/bare-page.ts';
import { choosePages } from '../../bench/pages/choose-pages.ts';
import { bodyOf } from '../../bench/pages/query.ts';
import { fillStore } from '../../bench/stores/fill-store.ts';
import { catalogOf } from '../../src/i18n/catalog.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { dataStatementsOf } from '../support/query-count.ts';
import { testApp, withoutCost } from '../support/server.ts';

const registry = await loadRegistry();
const database = await testDatabase();
const app = await testApp({ registry, database });
const bare = barePage({ registry, catalog: catalogOf(registry), language: 'zh' }, database);
const json = { 'content-type': 'application/json' };

beforeAll(async () => void (await fillStore(database, registry, { teachers: 1_500 })), 120_000);
afterAll(async () => {
  await bare.close();
  await app.close();
});

describe('the pages of the bench compare like with like', () => {
  test('the bare page and the API give the same bytes by the same statements', async () => {
    for (const { name, asked } of await choosePages(registry, database)) {
      const payload = bodyOf(asked);
      const ask = async (): Promise<string> => withoutCost((await app.inject({ method: 'POST', url: '/graphql', headers: json, payload })).body);
      const askBare = async (): Promise<string> => (await bare.inject({ method: 'POST', url: '/bare', headers: json, payload })).body;
      // The second time the query is compiled.
      await ask();
      const [ours, theirs] = [await ask(), await askBare()];
      // As a truth value: the pages would fill the screen.
      expect([name, ours === theirs, ours.includes('"verdict":"MET"'), ours.includes('"assessment":null')]).toEqual([name, true, true, false]);
      expect(await dataStatementsOf(ask)).toEqual(await dataStatementsOf(askBare));
    }
  }, 60_000);
});
