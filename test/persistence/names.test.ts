import { afterAll, beforeAll, expect, test } from 'vitest';
import { WHOLE } from '../../src/access/reach.ts';
import { day } from '../../src/kernel/civil-day.ts';
import type { Instant } from '../../src/kernel/civil-day.ts';
import type { TestDatabase } from '../support/database.ts';
import { effectiveKnownAt } from '../../src/persistence/recording.ts';
import { Institutions } from '../../src/persistence/repositories/institutions.ts';
import { TeacherLists } from '../../src/persistence/repositories/teacher-lists.ts';
import { Teachers } from '../../src/persistence/repositories/teachers.ts';
import { testDatabase } from '../support/database.ts';
import { fileOf, importInto } from '../support/imports.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const SCHOOLS = 'key,name,jurisdiction\n';
const TEACHERS = 'key,name,institution,from\n';

/** What is told of the one teacher at a moment of knowledge: by a list, by id, and of the school by itself. */
async function told(knownAt: Instant): Promise<readonly (string | undefined)[]> {
  const sql = database.admin.em.fork();
  const time = { day: day('2020-01-01'), knownAt };
  const { rows } = await new TeacherLists(sql, WHOLE).page({ filter: {}, order: 'NAME', time }, { size: 5, fromEnd: false, after: null, before: null });
  const [row] = rows;
  const [byId] = await new Teachers(sql, WHOLE).byId([row?.id ?? ''], time);
  const [school] = await new Institutions(sql).byId([row?.job?.institution.id ?? ''], knownAt);
  return [row?.name, row?.job?.institution.name, byId?.name, byId?.job?.institution.name, school?.name];
}

test('names that were changed stay as they were for whoever asks as of then; no former name shows as a property', async () => {
  const moments: Instant[] = [];
  for (const [school, teacher] of [['第一小学', '李明'], ['第一实验小学', '李鸣'], ['实验小学', '黎鸣']]) {
    const results = await importInto(database, [fileOf('institutions.csv', `${SCHOOLS}S1,${school},310101\n`), fileOf('teachers.csv', `${TEACHERS}T1,${teacher},S1,2018-09-01\n`)], { isAmending: true });
    expect(results.map(({ status }) => status)).toEqual(['taken', 'taken']);
    moments.push(await effectiveKnownAt(database.admin.em.fork(), null));
  }
  const [first, second, third] = moments as [Instant, Instant, Instant];
  expect(await told(first)).toEqual(['李明', '第一小学', '李明', '第一小学', '第一小学']);
  expect(await told(second)).toEqual(['李鸣', '第一实验小学', '李鸣', '第一实验小学', '第一实验小学']);
  expect(await told(third)).toEqual(['黎鸣', '实验小学', '黎鸣', '实验小学', '实验小学']);
  const [properties] = await new Institutions(database.admin.em.fork()).properties(['1'], { day: day('2020-01-01'), knownAt: first });
  expect(properties).toEqual([]);
});
