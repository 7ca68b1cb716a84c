import { cursorOf } from '../../src/graphql/relay/cursor.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { PageAsked } from '../pages/query.ts';
import { ownerOf } from '../stores/owner.ts';

export interface GrowthPage {
  readonly name: string;
  readonly asked: PageAsked;
}

const SIZE = 50;
const ON = '2020-12-31';
const LISTED = `is_main and superseded_at is null and from_on <= '${ON}' and (to_on is null or to_on >= '${ON}')`;
/** Of the rules that the same kind of people meet in both stores. */
const PROVINCE = '310000';

interface Scope {
  readonly name: string;
  readonly filter: PageAsked['filter'];
  /** The same in SQL. */
  readonly where: string;
}

/** The first page and one deep in the list, by every scope in which lists are ordered. */
export async function growthPages(database: Database): Promise<GrowthPage[]> {
  const scopes = await scopesOf(database);
  const pages = await Promise.all(scopes.map(async (scope) => [pageOf(scope, 'first', null), pageOf(scope, 'deep', await deepCursor(database, scope))]));
  return pages.flat();
}

const pageOf = ({ name, filter }: Scope, depth: string, after: string | null): GrowthPage => ({ name: `${name}, ${depth} page`, asked: { first: SIZE, after, filter, at: `${ON}T12:00:00+08:00`, decision: 'creditCompletion' } });

/** A school of the usual size, a county and a province with many pages. */
async function scopesOf(database: Database): Promise<Scope[]> {
  const one = async (statement: string): Promise<string> => (await (await ownerOf(database)).execute<{ value: string }[]>(statement))[0]?.value ?? '';
  const school = await one(`select institution_id::text as value from employment where ${LISTED} and province_code = '${PROVINCE}' group by 1 order by abs(count(*) - 40), 1 limit 1`);
  const county = await one(`select county_code as value from employment where ${LISTED} and province_code = '${PROVINCE}' group by 1 order by count(*) desc, 1 limit 1`);
  return [
    { name: 'by institution', filter: { institution: globalId('Institution', school) }, where: `institution_id = ${school}` },
    { name: 'by county', filter: { jurisdiction: county }, where: `county_code = '${county}'` },
    { name: 'by province', filter: { jurisdiction: PROVINCE }, where: `province_code = '${PROVINCE}'` },
    { name: 'by name', filter: {}, where: 'true' },
    { name: 'by the beginning of a name', filter: { name: '王' }, where: `name_key >= 'wang 王 ' and name_key < 'wang 王 \u{10ffff}'` },
  ];
}

/** Behind nine tenths of the list, with a whole page to come where the list is that long. */
async function deepCursor(database: Database, { where }: Scope): Promise<string> {
  const sql = await ownerOf(database);
  const [counted] = await sql.execute<{ found: number }[]>(`select count(*)::int as found from employment where ${LISTED} and ${where}`);
  const found = counted?.found ?? 0;
  const skipped = Math.max(0, Math.min(Math.floor(found * 0.9), found > SIZE ? found - SIZE - 1 : Math.floor(found / 2)));
  const [row] = await sql.execute<{ key: string; id: string }[]>(`select name_key as key, person_id::text as id from employment where ${LISTED} and ${where} order by name_key, person_id offset ${skipped} limit 1`);
  if (!row) throw new Error(`no teachers where ${where}`);
  return cursorOf('NAME', row);
}
