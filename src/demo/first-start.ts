import type { DemoSetting } from '../config.ts';
import type { Database } from '../persistence/database.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Records } from '../records/open-records.ts';

/**
 * Fills an empty store with a demo, so that a newcomer has people to ask about. Never a server of the operator's, unless
 * asked to. Says in one line what takes so long, and how long it took. The rest is loaded when it is needed.
 */
export async function demoAtFirstStart(setting: DemoSetting, database: Database, registry: Registry, records: Pick<Records, 'audit'>, write: (line: string) => void): Promise<void> {
  const isWanted = setting === 'always' || (setting === 'embedded' && database.isEmbedded);
  if (!isWanted || database.notes.has(DEMO_SOURCE) || !(await isWithoutPeople(database))) return;
  const [{ DEMO_TEACHERS, fillDemo }, { OPERATOR, recordingAs }] = await Promise.all([import('./fill-demo.ts'), import('../records/operator-records.ts')]);
  const began = performance.now();
  write(`首次启动:写入 ${DEMO_TEACHERS} 名虚构教师作演示(DEMO=0 则不写) First start: ${DEMO_TEACHERS} invented teachers are taken in as a demo (DEMO=0: none) ... `);
  await fillDemo(database, registry, DEMO_TEACHERS, recordingAs(records.audit, OPERATOR, null));
  write(`${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
}

/** The source of all that is invented, and the note of a store that has it complete. */
export const DEMO_SOURCE = 'demo';

/** Whether a store is to be filled: nobody else has recorded anything in it, and no demo is complete. */
export async function isWithoutPeople(database: Pick<Database, 'orm'>): Promise<boolean> {
  const [row] = await database.orm.em.fork().execute<{ done: boolean; others: boolean }[]>(
    `select exists (select 1 from store_info where name = 'demo') as done, exists (select 1 from recording r join source s on s.id = r.source_id where s.name <> ?) as others`,
    [DEMO_SOURCE],
  );
  return row?.done === false && !row.others;
}
