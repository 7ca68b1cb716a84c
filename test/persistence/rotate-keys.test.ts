import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WHOLE } from '../../src/access/reach.ts';
import { runKeysRotate } from '../../src/cli/keys-rotate-command.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Database } from '../../src/persistence/database.ts';
import { openClaim } from '../../src/persistence/correction-texts.ts';
import { sealedStart, sealedTextStart } from '../../src/persistence/keys/data-keys.ts';
import { openIdentity, openPrivate } from '../../src/persistence/keys/private-values.ts';
import type { PrivateName } from '../../src/persistence/keys/private-values.ts';
import { SEALED } from '../../src/persistence/keys/rotate-keys.ts';
import { writingKey } from '../../src/persistence/keys/writing-key.ts';
import { StoredAssessments } from '../../src/persistence/repositories/stored-assessments.ts';
import { sealWhatStands } from '../../src/persistence/seal-what-stands.ts';
import { makeWorld, privateOf, STANDINGS } from '../support/access-world.ts';
import type { AccessWorld } from '../support/access-world.ts';
import { shippedPlaces, TEST_KEY, TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { fileOf, importInto } from '../support/imports.ts';
import { loadRegistry } from '../support/plugins.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const NEW_KEY = Buffer.alloc(32, 8).toString('base64');
let database: TestDatabase;
let world: AccessWorld;
let folder: string;
const told: string[] = [];
const output = { out: (line: string) => void told.push(line), error: (line: string) => void told.push(line) };

beforeAll(() => loadRegistry());
beforeEach(async () => {
  told.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'shixun-rotate-'));
  database = await testDatabase();
  world = await makeWorld(database);
  await sealWhatStands(database.admin, database.keys);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => vi.restoreAllMocks());

/** With the keys in the folder of the product, or given. */
const environment = (keys: string | null): Record<string, string> => ({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: folder, ...(keys !== null && { IDENTITY_KEY: keys }) });
const rotate = async (keys: string | null, onBatch?: Parameters<typeof runKeysRotate>[5]): Promise<number> => runKeysRotate([], await loadRegistry(), 'en', output, environment(keys), onBatch);
const keep = (...keys: string[]): void => writeFileSync(join(folder, 'identity-key'), keys.map((key) => `${key}\n`).join(''), { mode: 0o600 });
const kept = (): string[] => readFileSync(join(folder, 'identity-key'), 'utf8').trim().split('\n');
/** A product that runs all the while. */
const running = async (keys: string | null = null): Promise<Database> => openDatabase({ url: database.url, ownerUrl: database.ownerUrl, dataFolder: folder, identityKey: keys, limits: TEST_LIMITS }, await shippedPlaces());

/** Everything that lies sealed, opened. */
async function read({ keys }: Database): Promise<unknown> {
  const em = database.admin.em.fork();
  const numbers = await em.execute<{ cipher: Buffer; index: Buffer }[]>('select number_cipher as cipher, number_index as index from person_identity order by person_id');
  const values = await em.execute<{ name: PrivateName; cipher: Buffer }[]>('select name, value_cipher as cipher from person_private order by id');
  const claims = await em.execute<{ person: string; cipher: Buffer }[]>('select person_id::text as person, claim_cipher as cipher from correction order by id');
  const ids = Object.values(world.assessments);
  return {
    numbers: numbers.map(({ cipher, index }) => [openIdentity(keys, cipher), keys.indexes(openIdentity(keys, cipher)).some((one) => one.equals(index))]),
    values: values.map(({ name, cipher }) => openPrivate(keys, name, cipher)),
    claims: claims.map(({ person, cipher }) => openClaim(keys, cipher, person)),
    texts: await new StoredAssessments(em, { people: WHOLE, accountId: null }, keys).texts(ids),
  };
}
const before = (): Promise<unknown> => read(database);
/** How many rows another key sealed than the one that the store names. */
async function left({ keys }: Database): Promise<number> {
  const [row] = await database.admin.em.fork().execute<{ value: string }[]>(`select value from store_info where name = 'identityKey'`);
  keys.use(row?.value ?? '');
  const counts = await Promise.all(SEALED.map(async ({ table, isOther }) => (await database.admin.em.fork().execute<{ n: number }[]>(`select count(*)::int as n from ${table} where ${isOther.replaceAll('$start', `'\\x${sealedStart(keys.current).toString('hex')}'::bytea`).replaceAll('$textStart', `'${sealedTextStart(keys.current)}'`)}`))[0]?.n ?? 0));
  return counts.reduce((sum, n) => sum + n, 0);
}

describe('npm run keys:rotate', () => {
  test('makes a new key in the data folder, seals everything anew and retires the former; a product that runs goes on', async () => {
    const opened = await before();
    keep(TEST_KEY);
    const product = await running();
    expect(await rotate(null)).toBe(0);
    const [now, ...others] = kept();
    expect([others, now === TEST_KEY]).toEqual([[], false]);
    // It has not been told: it finds the key when it meets it.
    expect(await read(product)).toEqual(opened);
    await product.orm.em.fork().transactional(async (em) => {
      expect((await writingKey(em, product.keys)).check).not.toBe(database.keys.current.check);
    });
    expect(await left(product)).toBe(0);
    expect(() => openIdentity(database.keys, product.keys.current.seal('x', 'person_identity'))).toThrow();
    await product.close();
    const again = await running();
    expect(await read(again)).toEqual(opened);
    await again.close();
    // The former key alone opens the store no more.
    await expect(running(TEST_KEY)).rejects.toThrow();
  });

  test('takes the new key that was given, and says what to do next', async () => {
    const opened = await before();
    expect(await rotate(TEST_KEY)).toBe(1);
    expect(told.join('')).toContain('There is no new key');
    const both = `${NEW_KEY},${TEST_KEY}`;
    const product = await running(both);
    // Given is not yet used: all products have to know it first.
    expect(product.keys.current.check).toBe(database.keys.current.check);
    expect(await rotate(both)).toBe(0);
    expect(told.join('')).toMatch(/sealed anew[\s\S]*can be taken out of IDENTITY_KEY now/);
    expect(await read(product)).toEqual(opened);
    await product.close();
    const alone = await running(NEW_KEY);
    expect([await read(alone), await left(alone)]).toEqual([opened, 0]);
    await alone.close();
  });

  test.each(SEALED.map(({ table }) => table))('ended in the middle, after %s, it goes on; meanwhile everything is read, and no start does without the former key', async (table) => {
    const opened = await before();
    keep(TEST_KEY);
    const product = await running();
    await expect(rotate(null, (at) => { if (at === table) throw new Error('killed'); })).rejects.toThrow('killed');
    expect(kept()).toHaveLength(2);
    expect(await read(product)).toEqual(opened);
    await expect(running(kept()[0])).rejects.toThrow(/being changed|former key/i);
    const started = await running();
    expect(await read(started)).toEqual(opened);
    await started.close();
    expect(await rotate(null)).toBe(0);
    expect(kept()).toHaveLength(1);
    expect([await read(product), await left(product)]).toEqual([opened, 0]);
    await product.close();
  });

  test('ended before the former key was taken out, that alone is left to do', async () => {
    keep(TEST_KEY);
    expect(await rotate(null)).toBe(0);
    const [now = ''] = kept();
    keep(now, TEST_KEY);
    expect(await rotate(null)).toBe(0);
    expect(kept()).toEqual([now]);
    expect(told.join('')).toContain('0 rows');
  });

  test('finds people by their numbers while it goes on, under either key', async () => {
    await importInto(database, [fileOf('i.csv', 'key,name,jurisdiction\nS1,校,310101\n'), fileOf('t.csv', 'key,name,identityNumber,institution,from\nA1,甲,110101199003070054,S1,2016-09-01\n')]);
    const product = await running(`${NEW_KEY},${TEST_KEY}`);
    const both = { ...database, keys: product.keys, connect: () => product.connect() } as TestDatabase;
    const persons = async (): Promise<unknown> => database.admin.em.fork().execute('select count(*)::int as n from person');
    const count = await persons();
    let imported = 0;
    await expect(rotate(`${NEW_KEY},${TEST_KEY}`, async () => {
      // Once in the middle and once after: numbers of old and of the other source are recognised.
      const [result] = await importInto(both, [fileOf('t.csv', `key,name,identityNumber,institution,from\nB${++imported},甲,110101900307005,S1,${2016 + imported}-09-02\n`.replace('from\n', 'from,main\n').replace(/\n$/, ',no\n'))]);
      expect(result?.problems).toEqual([]);
    })).resolves.toBe(0);
    expect(imported).toBe(SEALED.length);
    expect(await persons()).toEqual(count);
    expect(await left(product)).toBe(0);
    await product.close();
  });

  test('waits for whoever is sealing, and nobody waits behind it', async () => {
    keep(TEST_KEY);
    const product = await running();
    let release: (() => void) | null = null;
    const sealing = product.orm.em.fork().transactional(async (em) => {
      await writingKey(em, product.keys);
      await new Promise<void>((resolve) => (release = resolve));
    });
    await vi.waitUntil(() => release !== null);
    const rotating = rotate(null);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told.join('')).toBe('');
    await product.orm.em.fork().transactional((em) => writingKey(em, product.keys));
    (release as unknown as () => void)();
    await sealing;
    expect(await rotating).toBe(0);
    await product.close();
  });

  test('takes no arguments', async () => {
    expect(await runKeysRotate(['--all'], await loadRegistry(), 'zh', output, environment(TEST_KEY))).toBe(2);
    expect(told.join('')).toContain('不带参数');
  });
});

test('the world has something of everything that lies sealed', async () => {
  for (const { table } of SEALED) expect([table, (await database.admin.em.fork().execute(`select 1 from ${table}`)).length]).toEqual([table, expect.any(Number)]);
  expect((await before() as { numbers: unknown[] }).numbers).toEqual(STANDINGS.map((standing) => [privateOf(standing).identityNumber, true]));
  const columns = await database.admin.em.fork().execute<{ name: string }[]>(`select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name like '%cipher'`);
  expect(columns.map(({ name }) => name).sort()).toEqual(SEALED.map(({ table }) => table).filter((table) => table !== 'stored_assessment').sort());
});
