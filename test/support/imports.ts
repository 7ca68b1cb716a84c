import { importFiles } from '../../src/imports/import-files.ts';
import type { FileResult, ImportOptions, SourceFile } from '../../src/imports/import-files.ts';
import type { Kind } from '../../src/imports/columns/column.ts';
import type { TestDatabase } from './database.ts';
import { loadRegistry } from './plugins.ts';

/** A file in memory, in pieces as a disk would give them. */
export function fileOf(name: string, content: string | Buffer, kind: Kind | 'auto' = 'auto', pieces = 1 << 16): SourceFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    kind,
    bytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces);
    },
  };
}

export type ImportGiven = Partial<Omit<ImportOptions, 'files' | 'database'>>;

/** Imports files of the source `office` into a test database. */
export const importInto = async (database: TestDatabase, files: readonly SourceFile[], given: ImportGiven = {}): Promise<FileResult[]> =>
  importFiles({ database, registry: await loadRegistry(), source: 'office', ...given, files });

/** Rows of a query. */
export async function rowsOf<Row extends object>(database: TestDatabase, query: string): Promise<Row[]> {
  return database.admin.em.fork().execute<Row[]>(query) as Promise<Row[]>;
}

/** The codes, lines and columns of what is wrong. */
export const told = (result: FileResult | undefined): string[] => (result?.problems ?? []).map(({ code, line, column }) => `${code} ${line ?? '-'} ${column ?? '-'}`);

export const INSTITUTIONS = `key,name,jurisdiction,kind,stage,ownership,rural,recognitions,from,to,developmentSchool
S1,徐汇第一小学,310104,school,primary,public,false,文明校园 2018-01-01..2020-12-31;绿色学校,2016-01-01,,none
S2,杭州实验中学,330102,中小学教师,初中,民办,是,,,,
S3,南昌小学,360102,,小学,公办,否,,,,
`;
export const TEACHERS = `key,name,identityKind,identityNumber,institution,main,from,to,stage,subject,roles,enteredSystemOn,cycleStartOn,sex
T1,王芳,,110101199003070054,S1,,2016-09-01,,primary,语文,headTeacher 2017-09-01..2019-08-31; trainer,2016-09-01,,
T1,王芳,,,S2,否,2018-09-01,2019-08-31,,,,,,
T2,李强,,,S2,true,2017-08-01,,初中,数学,newTeacher,,2017-01-01,男
`;
export const COURSES = `key,title,jurisdiction,institution,from,to,level,category,selfDirected
C1,课堂管理,310104,S1,2016-01-01,,district,knowledgeSkills,
`;
export const CREDITS = `key,teacher,jurisdiction,book,course,amount,completedOn,status,decides,level,category,purpose,degree.certificate
E1,T1,310104,,C1,1.5,2018-06-30,,,,,,
E2,T1,310104,,,0.25,2019/7/1,已申报,,校级,实践体验,,
E3,T1,330102,,,24,2018-06-30,,,,,周期,
E4,T1,310104,,,2,2020-01-05,,E3,无级别,none,,是
E5,T2,330102,,,10,2018-06-30,reversed,,,,cycle,
`;
export const allFour = (): SourceFile[] => [fileOf('credits.csv', CREDITS), fileOf('courses.csv', COURSES), fileOf('teachers.csv', TEACHERS), fileOf('institutions.csv', INSTITUTIONS)];
