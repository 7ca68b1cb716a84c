import { WHOLE } from '../../src/access/reach.ts';
import { nameEntry } from '../../src/graphql/loaders/judging.ts';
import { cursorOf } from '../../src/graphql/relay/cursor.ts';
import { dayOf, instantOf, isWithin } from '../../src/kernel/civil-day.ts';
import type { Database } from '../../src/persistence/database.ts';
import { effectiveKnownAt } from '../../src/persistence/recording.ts';
import { judgingOf, StoredPeople } from '../../src/persistence/repositories/stored-people.ts';
import { TeacherLists } from '../../src/persistence/repositories/teacher-lists.ts';
import type { TeacherRow } from '../../src/persistence/repositories/teacher-lists.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { assessPerson } from '../../src/workflows/assess-people.ts';
import type { StoredPerson } from '../../src/workflows/stored-person.ts';
import type { PageAsked } from './query.ts';
import { ownerOf } from '../stores/owner.ts';

const SIZE = 50;
const SHANGHAI = '310000';
const DECISION = 'creditCompletion';

export interface ChosenPage {
  readonly name: string;
  readonly asked: PageAsked;
}

interface Listed {
  readonly row: TeacherRow;
  readonly hasRole: boolean;
  /** Whether some entry counts in another cell than its own. */
  readonly needsOffset: boolean;
}

/** The two pages of the targets. Throws where the store holds none like them: nothing would be compared then. */
export async function choosePages(registry: Registry, database: Database): Promise<ChosenPage[]> {
  return [await mixedPage(registry, database), await shanghaiPage(registry, database)];
}

async function mixedPage(registry: Registry, database: Database): Promise<ChosenPage> {
  const asked: PageAsked = { first: SIZE, after: null, filter: {}, at: '2025-12-31T12:00:00+08:00', decision: DECISION };
  const { rows } = await new TeacherLists(await ownerOf(database), WHOLE).page({ filter: {}, order: 'NAME', time: await timeOf(database, asked) }, { size: SIZE, fromEnd: false, after: null, before: null });
  const places = [...Map.groupBy(rows, ({ job }) => registry.place(job?.jurisdictionCode ?? '')?.layers.at(-1)?.jurisdiction.code)].map(([code, of]) => `${of.length} of ${code}`).sort();
  if (places.length < 4) throw new Error(`the page is of ${places.join(', ')} only`);
  return { name: `page of 50, 2025-12-31: ${places.join(', ')}`, asked };
}

/** The page nearest to one with roles for half of the people, and entries that have to be moved for a quarter. */
async function shanghaiPage(registry: Registry, database: Database): Promise<ChosenPage> {
  const asked: PageAsked = { first: SIZE, after: null, filter: { jurisdiction: SHANGHAI }, at: '2020-12-31T12:00:00+08:00', decision: DECISION };
  const all = await listed(registry, database, asked);
  const shares = all.slice(0, -SIZE).map((_, start) => {
    const some = all.slice(start, start + SIZE);
    return { start, roles: some.filter(({ hasRole }) => hasRole).length, offsets: some.filter(({ needsOffset }) => needsOffset).length };
  });
  const away = ({ roles, offsets }: { readonly roles: number; readonly offsets: number }): number => Math.abs(roles - 25) + Math.abs(offsets - 13);
  const best = shares.toSorted((a, b) => away(a) - away(b))[0];
  if (!best || away(best) > 6) throw new Error(`no page of Shanghai has roles for half of the people and offsets for a quarter; the nearest: ${JSON.stringify(best)}`);
  const before = all[best.start - 1]?.row;
  return { name: `page of 50 of Shanghai, 2020-12-31: ${best.roles} with roles, ${best.offsets} with offsets`, asked: { ...asked, after: before ? cursorOf('NAME', before) : null } };
}

async function listed(registry: Registry, database: Database, asked: PageAsked): Promise<Listed[]> {
  const sql = await ownerOf(database);
  const time = await timeOf(database, asked);
  const { rows } = await new TeacherLists(sql, WHOLE).page({ filter: { jurisdiction: asked.filter.jurisdiction }, order: 'NAME', time }, { size: 1_000, fromEnd: false, after: null, before: null });
  const people = await new StoredPeople(sql, WHOLE, judgingOf(database.keys, registry)).load(rows.map(({ id }) => id), { ...time, lawDay: time.day });
  return rows.flatMap((row, index) => {
    const person = people[index];
    if (!person) return [];
    const answer = assessPerson(registry, person, { decision: asked.decision, at: instantOf(asked.at) }, nameEntry);
    const needsOffset = answer.ok && answer.assessment.ledgers.some(({ entries }) => entries.some(({ movedFrom }) => movedFrom !== null));
    return [{ row, hasRole: hasRole(person, time.day), needsOffset }];
  });
}

const hasRole = ({ roles, employment }: StoredPerson, day: string): boolean => roles.some(({ provinceCode, from, to }) => provinceCode === employment?.provinceCode && isWithin(day as never, from, to));

async function timeOf(database: Database, { at }: PageAsked) {
  return { day: dayOf(instantOf(at)), knownAt: await effectiveKnownAt(await ownerOf(database), null) };
}
