import type { MikroORM } from '@mikro-orm/postgresql';
import { WHOLE } from '../access/reach.ts';
import type { CivilDay, Instant } from '../kernel/civil-day.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Database } from './database.ts';
import { effectiveKnownAt } from './recording.ts';
import { enter } from './repositories/accounts.ts';
import { judgingOf, StoredPeople } from './repositories/stored-people.ts';
import { TeacherLists } from './repositories/teacher-lists.ts';
import type { Sql } from './sql.ts';

const NOBODY = { issuer: '', subject: '' };
/** So that nothing is walked over, however large the store is. */
const NOT_THERE = '0';
const LONG_AGO = { day: '1900-01-01' as CivilDay, lawDay: '1900-01-01' as CivilDay, knownAt: 0 as Instant };

/**
 * Lets the server's process behind a connection learn what a page of teachers touches: tables, indexes, policies and
 * functions, which takes it longer than the page itself. All in one go, for nobody and about nobody; nothing is seen and nothing kept.
 */
export async function warmUp({ orm, keys }: Pick<Database, 'orm' | 'keys'>, registry: Registry): Promise<void> {
  const statements = new Statements(orm);
  await enter(statements, NOBODY);
  await effectiveKnownAt(statements, null);
  await new TeacherLists(statements, WHOLE).page({ filter: { institutionId: NOT_THERE }, order: 'NAME', time: LONG_AGO }, { size: 1, fromEnd: false, after: null, before: null });
  await new StoredPeople(statements, WHOLE, judgingOf(keys, registry)).load([NOT_THERE], LONG_AGO);
  // Sent together they are one transaction, which is over whatever comes of them.
  await orm.em.getConnection().executeDump(statements.written.join(';\n'));
}

/** Writes statements down instead of running them. */
class Statements implements Sql {
  readonly #platform: ReturnType<MikroORM['em']['getPlatform']>;
  readonly written: string[] = [];

  constructor({ em }: MikroORM) {
    this.#platform = em.getPlatform();
  }

  execute<Row extends object>(query: string, params: readonly unknown[] = []): Promise<Row[]> {
    this.written.push(this.#platform.formatQuery(query, params));
    return Promise.resolve([]);
  }
}
