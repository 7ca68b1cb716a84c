import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRegistry } from '../support/plugins.ts';
import { blocksOf, examplesOf } from '../support/readme.ts';
import { ask, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry: await loadRegistry() });
});
afterAll(() => app.close());

describe.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh-CN'],
])('%s', (name, language) => {
  it.each(examplesOf(name).filter(({ tag }) => tag === '').map((example, index) => [index + 1, example] as const))('shows the real answer to its query %i', async (_, { query, variables, answer }) => {
    const { data, errors } = await ask(app, query, variables, { 'accept-language': language });
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(answer);
  });
});

it('says in both languages the same commands, queries and files', () => {
  const common = (name: string): string[] => blocksOf(name).filter(({ tag, language }) => tag !== 'answer' && language !== 'sh').map(({ language, tag, text }) => `${language} ${tag}\n${text}`);
  expect(common('README.zh-CN.md')).toEqual(common('README.md'));
});
