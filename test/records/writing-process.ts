import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from '../../src/persistence/orm-options.ts';
import { openRecords } from '../../src/records/open-records.ts';

// A process that writes records until it is ended, and says on its output which of them are stored.
const { RECORDS_URL: url = '', RECORDS_FOLDER: dataFolder = '', RECORDS_KEY: auditKey = '', RECORDS_NAME: name = '' } = process.env;
const limits = { poolSize: 4, connectTimeoutMs: 5_000, statementTimeoutMs: 30_000, lockTimeoutMs: 10_000, idleTransactionTimeoutMs: 60_000 };
const orm = await MikroORM.init(ormOptions(url, limits));
const records = await openRecords({ orm, url, dataFolder }, { auditKey, limits, clock: () => Date.now(), headsEveryMs: 5, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function actsForEver(actor: number): Promise<never> {
  for (let i = 0; ; i++) {
    const requestId = `${name}-act-${actor}-${i}`;
    const [looked, done] = await orm.em.fork().transactional(async (em) => {
      await em.execute(`select set_config('shixun.account', '1', true)`);
      const change = await records.changes.append(em, { accountId: '1', requestId: `${name}-change-${actor}-${i}`, operation: 'act', persons: ['1'], kinds: ['NAME'] });
      return [change, await records.audit.append(em, { who: { accountId: '1', displayName: 'One' }, requestId, action: 'act', nodes: [] })] as const;
    });
    say(requestId);
    say(`${name}-change-${actor}-${i}`);
    records.changes.committed(looked);
    records.audit.committed(done);
  }
}

async function readsForEver(reader: number): Promise<never> {
  for (let i = 0; ; i++) {
    const requestId = `${name}-read-${reader}-${i}`;
    await records.access.record({ accountId: '1', requestId, operation: null, persons: ['1'], kinds: ['NAME'] });
    say(requestId);
  }
}

await Promise.all([actsForEver(1), actsForEver(2), ...Array.from({ length: 8 }, (_, reader) => readsForEver(reader))]);
