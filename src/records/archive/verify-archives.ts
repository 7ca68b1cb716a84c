import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from '../../persistence/sql.ts';
import type { RecordKeys } from '../keys.ts';
import type { RecordFinding } from '../verify/record-finding.ts';
import { checkClosings } from '../verify/verify-records.ts';
import { readArchive } from './archive-file.ts';

/** Whether the files of the years that left lie in a folder and hold what their closing rows say. */
export async function verifyArchives(sql: Sql, keys: RecordKeys, folder: string): Promise<RecordFinding[]> {
  const files = new Map((await checkClosings(sql, keys, [])).map((closing) => [closing.fileName, closing]));
  const findings: RecordFinding[] = [];
  for (const [name, { table, year, fileHash }] of files) {
    const path = join(folder, name);
    const finding = { table, chain: String(year), seq: null };
    if (!existsSync(path)) findings.push({ ...finding, code: 'ARCHIVE_MISSING', expected: name, found: '' });
    else if ((await readArchive(path, () => undefined).catch(() => null))?.hash !== fileHash) findings.push({ ...finding, code: 'ARCHIVE_ALTERED', expected: fileHash, found: name });
  }
  return findings;
}
