import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { emptyDatabase } from '../support/database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const node = (...parameters: string[]): string => execFileSync(process.execPath, parameters, { cwd: ROOT, encoding: 'utf8' });

beforeAll(() => {
  node('src/cli/bundle-packages.ts');
}, 120_000);

test('a start reads mapper, migrations and driver from the bundle, each of them once, and can migrate with them', async () => {
  const empty = await emptyDatabase();
  const script = `
    const { useBundle } = await import('./src/packages-bundle.ts');
    useBundle();
    const { openDatabase } = await import('./src/persistence/database.ts');
    const limits = { poolSize: 2, connectTimeoutMs: 5000, statementTimeoutMs: 5000, lockTimeoutMs: 5000, idleTransactionTimeoutMs: 5000 };
    const database = await openDatabase({ url: process.argv[1], dataFolder: '/nowhere', identityKey: Buffer.alloc(32, 1).toString('base64'), limits }, [{ code: 'CN', name: { zh: '全国', en: 'The nation' } }]);
    const [{ MikroORM }, { MikroORM: Core }, { default: pg }] = await Promise.all(['@mikro-orm/postgresql', '@mikro-orm/core', 'pg'].map((name) => import(name)));
    const client = await database.connect();
    process.stdout.write(JSON.stringify({
      addresses: ['@mikro-orm/postgresql', '@mikro-orm/migrations', 'pg'].map((name) => import.meta.resolve(name)),
      isOneMapper: database.orm instanceof MikroORM && database.orm instanceof Core,
      isOneDriver: client instanceof pg.Client,
      migrated: await database.orm.em.fork().execute('select count(*)::int as migrations from mikro_orm_migrations'),
    }));
    await client.end();
    await database.close();`;
  const { addresses, ...rest } = JSON.parse(node('--input-type=module', '-e', script, empty.url)) as { readonly addresses: readonly string[] };
  expect(addresses.filter((address) => !address.includes('/.cache/shixun/'))).toEqual([]);
  expect(rest).toEqual({ isOneMapper: true, isOneDriver: true, migrated: [{ migrations: expect.any(Number) }] });
  await empty.drop();
}, 60_000);
