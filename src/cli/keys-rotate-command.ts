import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import type { Language } from '../i18n/render.ts';
import { text } from '../kernel/text.ts';
import { DATA_KEY } from '../persistence/database.ts';
import type { Database } from '../persistence/database.ts';
import { DataKey } from '../persistence/keys/data-keys.ts';
import { FORMER_KEYS } from '../persistence/keys/former-keys.ts';
import { rotateKeys } from '../persistence/keys/rotate-keys.ts';
import type { OnBatch, OwnerSql } from '../persistence/keys/rotate-keys.ts';
import { secretLines, writeSecretLines } from '../persistence/keys/secret-lines.ts';
import { sqlOf } from '../persistence/sql.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { TextOutput } from './audit-verify-command.ts';
import { withOwnerStore } from './owner-store.ts';

const USAGE = text('npm run keys:rotate 不带参数。', 'npm run keys:rotate takes no arguments.');
const ONE_KEY = text(
  '没有新的密钥。请把新的(如 openssl rand -base64 32)写在 IDENTITY_KEY 的最前面,原来的留在其后,以逗号分隔;先让所有正在运行的产品带着它重新启动,再运行一次。',
  'There is no new key. Put one (such as by openssl rand -base64 32) in front of IDENTITY_KEY and leave the former behind it, separated by a comma; start every running product with it anew, and then run this again.',
);
const DONE = (rows: number) => text(`密钥已更换:${rows} 行重新加密。`, `The key was changed: ${rows} rows were sealed anew.`);
const RETIRED_FILE = text('原来的密钥已从数据目录的 identity-key 中去掉;此前的备份连同其中的密钥一起保管。', 'The former key was taken out of identity-key in the data folder; backups from before hold theirs.');
const RETIRED_GIVEN = text('现在可以从 IDENTITY_KEY 中去掉原来的密钥。', 'The former key can be taken out of IDENTITY_KEY now.');

/**
 * Runs `npm run keys:rotate`: a new key becomes the one of the data, everything is sealed anew, and the former one retires.
 * A running product goes on. 0: done. 1: there is no new key. 2: the command cannot be understood. Ended in the middle it
 * goes on when it is run again.
 */
export async function runKeysRotate(given: readonly string[], registry: Registry, language: Language, output: TextOutput, environment: Readonly<Record<string, string | undefined>>, onBatch?: OnBatch): Promise<0 | 1 | 2> {
  if (given.length > 0) {
    output.error(`${USAGE[language]}\n`);
    return 2;
  }
  return withOwnerStore(registry, environment, ({ config, database, client }) => rotate(database, ownerSql(client), config.database.identityKey === null, language, output, onBatch));
}

async function rotate(database: Database, sql: OwnerSql, isInFolder: boolean, language: Language, output: TextOutput, onBatch?: OnBatch): Promise<0 | 1> {
  const { keys } = database;
  const isChanging = (await sql.execute('select 1 as found from store_info where name = ?', [FORMER_KEYS])).length > 0;
  const to = isInFolder ? newestOfFolder(database, isChanging) : (keys.all[0] as DataKey);
  if (to.check === keys.current.check && !isChanging && keys.all.length === 1) {
    output.error(`${ONE_KEY[language]}\n`);
    return 1;
  }
  const rows = await rotateKeys(sql, keys, to, onBatch);
  output.out(`${DONE(rows)[language]}\n`);
  if (isInFolder) writeSecretLines(database.dataFolder, DATA_KEY.name, secretLines(database.dataFolder, DATA_KEY).filter((line) => keyOf(line).check === to.check));
  output.out(`${(isInFolder ? RETIRED_FILE : RETIRED_GIVEN)[language]}\n`);
  return 0;
}

const keyOf = (line: string): DataKey => new DataKey(Buffer.from(line, 'base64'));

/** The first line of the file; where that is the key of the store already, and nothing is left to be done, a new one before it. */
function newestOfFolder({ dataFolder, keys }: Database, isChanging: boolean): DataKey {
  const lines = secretLines(dataFolder, DATA_KEY);
  const [first = ''] = lines;
  // With a former line behind it, it was changed, and only that line is left to be taken out.
  const isBegun = isChanging || lines.length > 1 || keyOf(first).check !== keys.current.check;
  if (!isBegun) writeSecretLines(dataFolder, DATA_KEY.name, [randomBytes(32).toString('base64url'), ...lines]);
  const { check } = keyOf(secretLines(dataFolder, DATA_KEY)[0] ?? '');
  const key = keys.byCheck(check);
  if (!key) throw new Error('a key of the data folder is not known');
  return key;
}

function ownerSql(client: Client): OwnerSql {
  return {
    ...sqlOf(client),
    async transaction(work) {
      await client.query('begin');
      try {
        const result = await work();
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    },
  };
}
