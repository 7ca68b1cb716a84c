import type { Client } from 'pg';
import { createHmac, randomBytes } from 'node:crypto';
import { dayOf } from '../kernel/civil-day.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { message } from '../kernel/text.ts';
import { writingKey } from '../persistence/keys/writing-key.ts';
import { sqlOf } from '../persistence/sql.ts';
import type { NameKey } from '../persistence/name-key.ts';
import { takeCourses } from './apply/courses.ts';
import { takeCredits } from './apply/credits.ts';
import { takeInstitutions } from './apply/institutions.ts';
import { keepWithin } from './apply/keep-within.ts';
import { countEffects, noEffects, Session, sketch } from './apply/session.ts';
import type { Effects, Taking } from './apply/session.ts';
import { takeTeachers } from './apply/teachers.ts';
import { readTroubles } from './apply/troubles.ts';
import { fileOnRecord, Fingerprint } from './file-on-record.ts';
import { KINDS } from './columns/column.ts';
import type { Column, Kind } from './columns/column.ts';
import { columnsOf } from './columns/of-places.ts';
import { readHeader } from './header.ts';
import type { FileResult, ImportOptions, SourceFile } from './import-files.ts';
import { kindOfHeader } from './kind-of-file.ts';
import { ProblemList } from './problem.ts';
import { readTable } from './read-table.ts';
import { CourseRows, STAGED_COURSES } from './rows/course-row.ts';
import { CreditRows, STAGED_CREDITS } from './rows/credit-row.ts';
import { InstitutionRows, STAGED_INSTITUTIONS } from './rows/institution-row.ts';
import { STAGED_TEACHERS, TeacherRows } from './rows/teacher-row.ts';
import type { RowReader } from './rows/row-reader.ts';
import { rowSetting } from './rows/row-setting.ts';
import type { RowSetting } from './rows/row-setting.ts';
import { Copying } from './stage.ts';
import { UnreadableFile } from './table.ts';

interface KindOfRows {
  /** The columns of the staging table. */
  readonly staged: string;
  reader(setting: RowSetting, nameKey: NameKey): RowReader;
  readonly taking: Taking;
}

const KINDS_OF_ROWS: Readonly<Record<Kind, KindOfRows>> = {
  institutions: { staged: STAGED_INSTITUTIONS, reader: (setting, nameKey) => new InstitutionRows(setting, nameKey), taking: takeInstitutions },
  teachers: { staged: STAGED_TEACHERS, reader: (setting, nameKey) => new TeacherRows(setting, nameKey), taking: takeTeachers },
  courses: { staged: STAGED_COURSES, reader: (setting) => new CourseRows(setting), taking: takeCourses },
  credits: { staged: STAGED_CREDITS, reader: (setting) => new CreditRows(setting), taking: takeCredits },
};

export interface FileImport extends ImportOptions {
  readonly client: Client;
  readonly nameKey: NameKey;
  readonly file: SourceFile;
  /** Whether no other file follows. */
  readonly isLast: boolean;
}

/** A file takes as long as it takes, whatever limits the server has for questions. */
export const BEGIN = 'begin; set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 0';

/** How a file was read into the staging table. */
interface Staged {
  readonly kind: Kind;
  readonly rows: number;
  readonly setting: RowSetting;
}

/** Takes one file: staged, checked against what is stored under the lock of all writers, and committed or rolled back. */
export async function importFile(options: FileImport): Promise<FileResult> {
  const { client, file, isDryRun = false } = options;
  const problems = new ProblemList(file.name);
  if (!isDryRun) await client.query(BEGIN);
  try {
    const { result, settle } = await takeFile(options, problems);
    // What a dry run took stays visible to the files after it, until all is rolled back.
    if (!isDryRun) await client.query(result.status === 'taken' ? 'commit' : 'rollback');
    settle?.();
    return result;
  } catch (error) {
    // The connection is ended, and with it the transaction, where this cannot be said any more.
    await client.query('rollback').catch(() => undefined);
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** What becomes of a file, and what is to be done once it is committed. */
interface Taken {
  readonly result: FileResult;
  readonly settle?: () => void;
}

async function takeFile(options: FileImport, problems: ProblemList): Promise<Taken> {
  const { client, file, isDryRun = false, isPartial = false } = options;
  const progress = { kind: null as Kind | null, rows: 0 };
  const outcome = (more: Partial<FileResult>): Taken => ({ result: {
    file: file.name, kind: progress.kind, status: 'refused', isDryRun, rows: progress.rows, effects: noEffects(), refused: progress.rows, problems: problems.shown, problemCount: problems.count, recordedAt: null, ...more,
  } });
  const sourceId = await knownSource(client, options.source);
  const bytes = new Fingerprint();
  const staged = await stageFile({ ...options, file: bytes.of(file) }, sourceId, problems, progress);
  if (staged === null || problems.isWhole) return outcome({});
  const { kind, rows } = staged;
  const session = new Session(client, kind, sourceId, options.isAmending ?? false, { ...staged.setting, keys: options.database.keys });
  // What is refused anyway, or only asked about, is looked at without keeping other writers waiting.
  const isRead = (problems.count > 0 && !isPartial) || (isDryRun && options.isLast);
  const report = (phase: 'waiting' | 'comparing' | 'taking'): void => options.onProgress?.({ file: file.name, kind, phase, rows, bytes: file.bytes ?? 0, ofBytes: file.bytes ?? null });
  report('waiting');
  const recordedAt = isRead ? null : await lockRecording(session, options.source);
  report('comparing');
  const { taking } = KINDS_OF_ROWS[kind];
  await taking.compare(session);
  if (options.within) await keepWithin(session, options.within);
  // Rows that were refused while reading were not staged, so no row is counted twice.
  const refused = problems.rows + (await readTroubles(session, problems, staged.setting.header));
  if ((problems.count > 0 && !isPartial) || (rows > 0 && refused >= rows)) return outcome({ refused: isPartial ? refused : rows });
  const effects = await countEffects(session);
  if (recordedAt === null) return outcome({ status: 'taken', effects, refused });
  report('taking');
  const hasWritten = effects.added + effects.amended + effects.advanced > 0;
  if (hasWritten) await taking.take(session, recordedAt, effects);
  await session.grown(effects.added + effects.amended, ...taking.tables);
  if (hasWritten) await writeRecording(session, recordedAt, effects, refused);
  const settle = hasWritten && !isDryRun ? await options.putOnRecord?.(sqlOf(client), await fileOnRecord(session, { source: options.source, file: file.name, hash: bytes.hash(), rows, effects, refused, recordedAt })) : undefined;
  return { ...outcome({ status: 'taken', effects, refused, recordedAt: hasWritten && !isDryRun ? recordedAt : null }), settle };
}

async function knownSource(client: Client, source: string): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>('select id from source where name = $1', [source]);
  return rows[0]?.id ?? null;
}

/** From here to the commit no other writer commits, so that what is compared stays as it is. Gives the instant of all rows. */
async function lockRecording(session: Session, source: string): Promise<string> {
  const { rows } = await session.client.query<{ at: string }>(`select to_char(next_recorded_at() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`);
  const at = rows[0]?.at ?? '';
  if (session.sourceId === null) {
    await session.client.query('insert into source (name, recorded_at) values ($1, $2) on conflict (name) do nothing', [source, at]);
  }
  session.sourceId = await knownSource(session.client as Client, source);
  return at;
}

async function writeRecording({ client, sourceId, kind }: Session, recordedAt: string, effects: Effects, refused: number): Promise<void> {
  await client.query('insert into recording (recorded_at, source_id, what, counts) values ($1, $2, $3, $4)', [recordedAt, sourceId, `import ${kind}`, JSON.stringify({ ...effects, refused })]);
}

/** Reads the file into the staging table; null where it has no header that can be used. */
async function stageFile(options: FileImport, sourceId: number | null, problems: ProblemList, progress: { kind: Kind | null; rows: number }): Promise<Staged | null> {
  const { client, file, encoding = null, signal } = options;
  let setting: RowSetting | null = null;
  let reader: RowReader | null = null;
  let copying: Copying | null = null;
  try {
    for await (const batch of readTable(file.open(), encoding)) {
      signal?.throwIfAborted();
      let first = 0;
      if (reader === null) {
        const [header = []] = batch.rows;
        const begun = await beginFile(options, sourceId, header, batch.lines[0] ?? 1, problems, progress);
        if (begun === null) return null;
        ({ setting, reader } = begun);
        copying = await Copying.into(client, 'staged');
        first = 1;
      }
      let text = '';
      for (let index = first; index < batch.rows.length; index++) text += reader.read(batch.rows[index] as readonly string[], batch.lines[index] as number) ?? '';
      progress.rows += batch.rows.length - first;
      await copying?.send(text);
      options.onProgress?.({ file: file.name, kind: progress.kind, phase: 'reading', rows: progress.rows, bytes: batch.bytes, ofBytes: file.bytes ?? null });
    }
    await copying?.end();
  } catch (error) {
    await copying?.abort(error);
    if (!(error instanceof UnreadableFile)) throw error;
    problems.addWhole(error.problem.code, error.problem.line, null, null, error.problem.expected);
    return null;
  }
  if (setting === null || progress.kind === null) {
    problems.addWhole('FILE_EMPTY', null, null, null, message('import.file-empty'));
    return null;
  }
  await finishStaging(client, setting, progress.kind, options.database.keys.all.length > 1);
  return { kind: progress.kind, rows: progress.rows, setting };
}

/** Matches the header and makes the staging table. */
async function beginFile(options: FileImport, sourceId: number | null, header: readonly string[], line: number, problems: ProblemList, progress: { kind: Kind | null }): Promise<{ setting: RowSetting; reader: RowReader } | null> {
  const { client, file, registry, jurisdiction = null } = options;
  progress.kind = file.kind === 'auto' ? kindOfHeader(header, registry, jurisdiction) : file.kind;
  const { kind } = progress;
  if (kind === null) {
    problems.addWhole('UNKNOWN_KIND', line, null, header.join(','), message('import.unknown-kind', { options: [...KINDS] }));
    return null;
  }
  const columns: readonly Column[] = columnsOf(kind, registry, null);
  const matched = readHeader(header, line, columns, (column) => column === 'jurisdiction' && jurisdiction !== null, problems);
  if (problems.isWhole) return null;
  const institutions = kind === 'teachers' ? await placesOfInstitutions(client, sourceId) : new Map<string, string>();
  const setting = rowSetting({ header: matched, columns, problems, registry, institutions, ...(await secretsOf(options)) }, jurisdiction);
  const { staged, reader } = KINDS_OF_ROWS[kind];
  await client.query('drop table if exists pg_temp.staged, pg_temp.trouble');
  await client.query(`create temporary table staged (${staged}) on commit drop`);
  await client.query('create temporary table trouble (line int not null, code text not null, col text, value text, other text) on commit drop');
  await client.query('create index on trouble (line)');
  return { setting, reader: reader(setting, options.nameKey) };
}

/** How private values of the file are sealed, found and compared. The key stays the one until the transaction ends. */
async function secretsOf({ client, database: { keys }, today = dayOf(Date.now() as Instant) }: FileImport): Promise<Pick<RowSetting, 'key' | 'indexes' | 'digest' | 'today'>> {
  const key = await writingKey(sqlOf(client), keys);
  const secret = randomBytes(32);
  return { key, indexes: (number) => keys.indexes(number), digest: (name, value) => createHmac('sha256', secret).update(`${name} ${value}`).digest('base64').slice(0, 22), today };
}

async function placesOfInstitutions(client: Client, sourceId: number | null): Promise<Map<string, string>> {
  const { rows } = await client.query<[string, string]>({ text: 'select source_key, jurisdiction_code from institution where source_id = $1', values: [sourceId], rowMode: 'array' });
  return new Map(rows);
}

/** What the database has to know of the books in which the entries are kept. */
async function finishStaging(client: Client, { places }: RowSetting, kind: Kind, hasFormerKeys: boolean): Promise<void> {
  // While the key is changed a number that is stored is found by whichever index it still has.
  if (hasFormerKeys && (kind === 'teachers' || kind === 'credits')) {
    await client.query(`update staged s set identity_index = i.number_index from staged t cross join lateral jsonb_array_elements_text(t.identity_others) o(hex) join person_identity i on i.number_index = decode(o.hex, 'hex') where t.line = s.line`);
  }
  await sketch(client, 'staged');
  const books = [...places.seen].flatMap(({ code, records }) => [...records.books.values()].map((book) => ({ code, book: book.fact, per_whole: book.perWhole, fields: Object.keys(book.fields) })));
  await client.query('drop table if exists pg_temp.book_scale, pg_temp.book_field');
  await client.query('create temporary table book_scale (jurisdiction_code text, book text, per_whole numeric) on commit drop');
  await client.query('create temporary table book_field (jurisdiction_code text, book text, field text) on commit drop');
  await client.query('insert into book_scale select code, book, per_whole from jsonb_to_recordset($1) b(code text, book text, per_whole numeric)', [JSON.stringify(books)]);
  await client.query('insert into book_field select code, book, jsonb_array_elements_text(fields) from jsonb_to_recordset($1) b(code text, book text, fields jsonb)', [JSON.stringify(books)]);
}
