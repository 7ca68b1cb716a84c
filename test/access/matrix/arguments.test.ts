import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../../src/graphql/relay/global-id.ts';
import { cursorOf } from '../../../src/graphql/relay/cursor.ts';
import { STANDINGS } from '../../support/access-world.ts';
import type { Standing } from '../../support/access-world.ts';
import { ask, codesOf } from '../../support/server.ts';
import type { GraphqlAnswer } from '../../support/server.ts';
import { Matrix, someAskers } from './fixture.ts';
import { knowsAllSeen, mayAsk, nameShown, sees, seesStaff } from './oracle.ts';
import { ASKERS } from './world.ts';
import type { Asker, School } from './world.ts';

/*
 * Filters, orders, cursors and totals tell of nobody more than their answers show: who could be told apart by a filter
 * would be known by it.
 */

let matrix: Matrix;
const NAMES: Record<Standing, string> = { own: '', institution: '', jurisdiction: '', elsewhere: '' };

beforeAll(async () => {
  matrix = await Matrix.open();
  const rows = await matrix.database.admin.em.fork().execute<{ id: string; name: string }[]>('select id::text as id, name from person');
  for (const standing of STANDINGS) NAMES[standing] = rows.find(({ id }) => id === matrix.world.people[standing])?.name ?? '';
}, 120_000);
afterAll(() => matrix.close());

const idOf = (standing: Standing): string => globalId('Teacher', matrix.world.people[standing]);
const standingsIn = (value: unknown): Standing[] => STANDINGS.filter((standing) => JSON.stringify(value).includes(`"${idOf(standing)}"`));

interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null };
}
const LIST = '{ totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
const listed = ({ data, errors }: GraphqlAnswer): Listed => {
  if (errors) throw new Error(JSON.stringify(errors));
  const list = data?.['list'] as (Listed & { readonly teachers?: Listed }) | undefined;
  return list?.teachers ?? (list as Listed);
};
const teachers = async (args: string): Promise<Listed> => listed(await ask(matrix.bound, `{ list: teachers(${args}) ${LIST} }`));
const staff = async (school: School, args: string): Promise<Listed> => listed(await ask(matrix.bound, `{ list: institution(id: "${globalId('Institution', matrix.world.schools[school])}") { teachers(${args}) ${LIST} } }`));
/** Nothing of a list tells of more than its members. */
function expectAlone(list: Listed, expected: readonly Standing[], what: string): void {
  expect([what, standingsIn(list.nodes), standingsIn(list.edges), list.totalCount, list.pageInfo.hasNextPage, list.pageInfo.hasPreviousPage]).toEqual([what, [...expected], [...expected], expected.length, false, false]);
}

const named = (asker: Asker, standing: Standing): boolean => sees(asker, standing) && nameShown(asker, 'Teacher.name', standing, NAMES[standing]) === NAMES[standing];
const readers = someAskers().filter((asker) => mayAsk(asker, 'Query.teachers'));

describe.each(readers)('$name', (asker) => {
  const visible = STANDINGS.filter((standing) => sees(asker, standing));

  test('finds by name those alone whose names are shown', async () => {
    matrix.as(asker);
    for (const standing of STANDINGS) {
      const expected = named(asker, standing) ? [standing] : [];
      for (const name of [NAMES[standing], NAMES[standing].slice(0, 2), { own: 'ben', institution: 'tong', jurisdiction: 'tong', elsewhere: 'ta' }[standing]]) {
        const found = STANDINGS.filter((one) => named(asker, one) && (NAMES[one].startsWith(name) || (/[a-z]/.test(name) && (NAMES[one].startsWith('同') ? 'tong' : NAMES[one].startsWith('本') ? 'ben' : 'ta') === name)));
        expectAlone(await teachers(`first: 10, filter: {name: "${name}"}`), found, `${name} among all`);
      }
      for (const school of ['own', 'other', 'far'] as const) {
        const there = seesStaff(asker, school).filter((one) => expected.includes(one));
        expectAlone(await staff(school, `first: 10, filter: {name: "${NAMES[standing]}"}`), there, `${NAMES[standing]} in ${school}`);
        expectAlone(await staff(school, `first: 10, filter: {name: "${NAMES[standing]}"}, at: "2020-12-31", verdict: {is: NOT_MET, decision: "creditCompletion"}`), there, `${NAMES[standing]} with a verdict in ${school}`);
      }
    }
  });

  test('counts and pages by every filter and order those alone who are seen', async () => {
    matrix.as(asker);
    const isIn = (codes: readonly Standing[]) => visible.filter((standing) => codes.includes(standing));
    const filters: Readonly<Record<string, readonly Standing[]>> = {
      '{}': visible,
      '{jurisdiction: "310101"}': isIn(['own', 'institution', 'jurisdiction']),
      '{jurisdiction: "330000"}': isIn(['elsewhere']),
      '{jurisdiction: "CN"}': visible,
      '{role: "headTeacher"}': isIn(['own', 'institution', 'jurisdiction']),
      '{stage: "junior"}': visible,
      '{subject: "maths"}': visible,
      '{stage: "primary"}': [],
      [`{institution: "${globalId('Institution', matrix.world.schools.far)}"}`]: isIn(['elsewhere']),
    };
    for (const [filter, expected] of Object.entries(filters)) {
      for (const order of ['NAME', 'STARTED_ON', 'STARTED_ON_DESC']) expectAlone(await teachers(`first: 10, filter: ${filter}, orderBy: ${order}`), expected, `${filter} ${order}`);
    }
    for (const verdict of ['NOT_MET', 'MET', 'UNDETERMINED']) {
      for (const school of ['own', 'other'] as const) expectAlone(await staff(school, `first: 10, at: "2020-12-31", verdict: {is: ${verdict}, decision: "creditCompletion"}`), verdict === 'NOT_MET' ? seesStaff(asker, school) : [], `${verdict} in ${school}`);
    }
  });

  test('walks from page to page and meets each who is seen once, forwards and backwards', async () => {
    matrix.as(asker);
    for (const order of ['NAME', 'STARTED_ON', 'STARTED_ON_DESC']) {
      const whole = (await teachers(`first: 10, orderBy: ${order}`)).nodes.map(({ id }) => id);
      for (const [size, from, end, more] of [['first', 'after', 'endCursor', 'hasNextPage'], ['last', 'before', 'startCursor', 'hasPreviousPage']] as const) {
        const met: string[] = [];
        let cursor: string | null = null;
        for (let round = 0; round < STANDINGS.length; round += 1) {
          const page: Listed = await teachers(`${size}: 1, orderBy: ${order}${cursor === null ? '' : `, ${from}: "${cursor}"`}`);
          met.push(...page.nodes.map(({ id }) => id));
          cursor = page.pageInfo[end];
          if (!page.pageInfo[more]) break;
        }
        expect([order, size, met]).toEqual([order, size, size === 'first' ? whole : whole.toReversed()]);
      }
    }
  });

  test('is given no name in a cursor that is not shown', async () => {
    matrix.as(asker);
    const cursors = [await teachers('first: 10'), ...(await Promise.all((['own', 'other', 'far'] as const).map((school) => staff(school, 'first: 10'))))].flatMap(({ edges, pageInfo }) => [...edges.map(({ cursor }) => cursor), pageInfo.startCursor, pageInfo.endCursor]);
    const told = cursors.map((cursor) => Buffer.from(cursor ?? '', 'base64url').toString()).join();
    for (const standing of STANDINGS) if (!named(asker, standing)) for (const character of NAMES[standing].slice(1)) expect(told).not.toContain(character);
  });

  test('finds out nothing by a place in a list that is made up', async () => {
    matrix.as(asker);
    const at = async (cursor: string): Promise<string> => JSON.stringify((({ data, errors }) => ({ data, errors }))(await ask(matrix.bound, `{ list: teachers(first: 10, after: "${cursor}") { nodes { id } pageInfo { hasPreviousPage } } }`))).replaceAll(cursor, '@');
    const [forbidden] = STANDINGS.filter((standing) => !sees(asker, standing));
    const rows = [...(forbidden ? [matrix.world.people[forbidden]] : []), '999999999'];
    // Of the row alone, for those who do not know all names; refused to all others as of another order.
    expect(new Set(await Promise.all(rows.map((id) => at(cursorOf('NAME_OF_ROW', { key: '', id }))))).size).toBe(1);
    expect(new Set(await Promise.all(rows.map((id) => at(cursorOf('NAME', { key: 'zzz', id }))))).size).toBe(1);
    // A name that is tried would tell by who comes after it.
    const tried = codesOf(await ask(matrix.bound, `{ teachers(first: 10, after: "${cursorOf('NAME', { key: 'ben 本 ren 人 ', id: '1' })}") { totalCount } }`));
    expect(tried).toEqual(knowsAllSeen(asker) ? [] : ['INVALID_CURSOR']);
  });

  test('is given null by nodes in the place of each who is not seen', async () => {
    matrix.as(asker);
    const found = await ask(matrix.bound, `{ nodes(ids: [${[...STANDINGS, ...STANDINGS].map((standing) => `"${idOf(standing)}"`).join(', ')}]) { id } }`);
    expect(found.data).toEqual({ nodes: [...STANDINGS, ...STANDINGS].map((standing) => (sees(asker, standing) ? { id: idOf(standing) } : null)) });
  });
});

describe('what is taken already', () => {
  const as = (name: string): void => matrix.as(ASKERS.find((asker) => asker.name === name) as Asker);
  const answer = async (query: string): Promise<string> => JSON.stringify((({ status, data, errors }) => ({ status, data, errors }))(await ask(matrix.bound, query)));

  test('an account is met alike whether it is known or not', async () => {
    as('AUTHORITY');
    const give = (subject: string): Promise<string> => answer(`mutation { roleGrant(dryRun: true, input: {account: {issuer: "access", subject: "${subject}"}, role: ANALYST, jurisdiction: "310101"}) { grant { id } userErrors { code path message value } } }`);
    const unknown = await give('somebody never heard of');
    for (const subject of ['nobody', 'TEACHER', 'AUTHORITY elsewhere', 'TEACHER elsewhere']) expect([subject, await give(subject)]).toEqual([subject, unknown]);
  });

  test('words that were used, have ended or are one’s own are words that there never were', async () => {
    const em = matrix.database.admin.em.fork();
    const account = async (subject: string): Promise<string> => (await em.execute<{ id: string }[]>('select id::text as id from account where subject = ?', [subject]))[0]?.id ?? '';
    const invite = (word: string, more: string, by: string): Promise<unknown> => em.execute(`insert into invitation (person_id, word_hash, invited_by, recorded_at, expires_at, used_at) values (?, sha256(convert_to('invitation ' || ?, 'UTF8')), ?, now(), now() + interval '1 day' * ?, ${more})`, [matrix.world.people.institution, word, by, word === 'ended' ? -1 : 1]);
    await invite('used', 'now()', await account('AUTHORITY'));
    await invite('ended', 'null', await account('AUTHORITY'));
    await invite('own', 'null', await account('nobody'));
    as('an account without a role');
    const accept = (word: string): Promise<string> => answer(`mutation { invitationAccept(word: "${word}") { isLinked userErrors { code path message value } } }`);
    const unknown = await accept('never');
    for (const word of ['used', 'ended', 'own', '']) expect([word, await accept(word)]).toEqual([word, unknown]);
  });
});
