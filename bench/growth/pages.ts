import { cursorOf } from '../../src/graphql/relay/cursor.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import type { Scope } from '../../src/access/principal.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { PageAsked } from '../pages/query.ts';
import { ownerOf } from '../stores/owner.ts';
import type { BenchProduct } from '../stores/product.ts';

export interface GrowthPage {
  readonly name: string;
  readonly asked: PageAsked;
  /** The account that asks; absent: the one that sees the nation. */
  readonly as?: string;
}

const SIZE = 50;
const ON = '2020-12-31';
const LISTED = `is_main and superseded_at is null and from_on <= '${ON}' and (to_on is null or to_on >= '${ON}')`;
const WANG = `name_key >= 'wang 王 ' and name_key < 'wang 王 \u{10ffff}'`;
/** Of the rules that the same kind of people meet in both stores. */
const PROVINCE = '310000';

interface Listed {
  readonly name: string;
  readonly filter: PageAsked['filter'];
  /** The same in SQL. */
  readonly where: string;
  /** Who asks, where it is somebody who sees no more than that. */
  readonly by?: { readonly role: Role; readonly scope: Scope };
}

/** The first page and one deep in the list, by every scope in which lists are ordered, and for those who see no more than a part of the nation. */
export async function growthPages({ database, account }: Pick<BenchProduct, 'database' | 'account'>): Promise<GrowthPage[]> {
  const lists = await listsOf(database);
  for (const { name, by } of lists) if (by) await account(accountOf(name), by.role, by.scope);
  const pages = await Promise.all(lists.map(async (list) => [pageOf(list, 'first', null), pageOf(list, 'deep', await deepCursor(database, list))]));
  return pages.flat();
}

/** Headers hold no spaces at their ends and no other letters than these. */
const accountOf = (name: string): string => name.replaceAll(/\W+/g, '-');
const pageOf = ({ name, filter, by }: Listed, depth: string, after: string | null): GrowthPage => ({
  name: `${name}, ${depth} page`,
  asked: { first: SIZE, after, filter, at: `${ON}T12:00:00+08:00`, decision: 'creditCompletion' },
  ...(by && { as: accountOf(name) }),
});

/** A school of the usual size, a county and a province with many pages; the county and the school also as those see them who see nothing else. */
async function listsOf(database: Database): Promise<Listed[]> {
  const one = async (statement: string): Promise<string> => (await (await ownerOf(database)).execute<{ value: string }[]>(statement))[0]?.value ?? '';
  const school = await one(`select institution_id::text as value from employment where ${LISTED} and province_code = '${PROVINCE}' group by 1 order by abs(count(*) - 40), 1 limit 1`);
  const county = await one(`select county_code as value from employment where ${LISTED} and province_code = '${PROVINCE}' group by 1 order by count(*) desc, 1 limit 1`);
  const schoolPlace = await one(`select jurisdiction_code as value from institution where id = ${school}`);
  return [
    { name: 'by institution', filter: { institution: globalId('Institution', school) }, where: `institution_id = ${school}` },
    { name: 'by county', filter: { jurisdiction: county }, where: `county_code = '${county}'` },
    { name: 'by province', filter: { jurisdiction: PROVINCE }, where: `province_code = '${PROVINCE}'` },
    { name: 'by name', filter: {}, where: 'true' },
    { name: 'by the beginning of a name', filter: { name: '王' }, where: WANG },
    { name: 'a district reviewer, everyone', filter: {}, where: `county_code = '${county}'`, by: { role: 'DISTRICT_REVIEWER', scope: { kind: 'jurisdiction', code: county } } },
    { name: 'a district reviewer, by the beginning of a name', filter: { name: '王' }, where: `county_code = '${county}' and ${WANG}`, by: { role: 'DISTRICT_REVIEWER', scope: { kind: 'jurisdiction', code: county } } },
    { name: 'a school administrator, everyone', filter: {}, where: `institution_id = ${school}`, by: { role: 'SCHOOL_ADMINISTRATOR', scope: { kind: 'institution', institutionId: school, code: schoolPlace } } },
  ];
}

/** Behind nine tenths of the list, with a whole page to come where the list is that long. */
async function deepCursor(database: Database, { where }: Listed): Promise<string> {
  const sql = await ownerOf(database);
  const [counted] = await sql.execute<{ found: number }[]>(`select count(*)::int as found from employment where ${LISTED} and ${where}`);
  const found = counted?.found ?? 0;
  const skipped = Math.max(0, Math.min(Math.floor(found * 0.9), found > SIZE ? found - SIZE - 1 : Math.floor(found / 2)));
  const [row] = await sql.execute<{ key: string; id: string }[]>(`select name_key as key, person_id::text as id from employment where ${LISTED} and ${where} order by name_key, person_id offset ${skipped} limit 1`);
  if (!row) throw new Error(`no teachers where ${where}`);
  return cursorOf('NAME', row);
}
