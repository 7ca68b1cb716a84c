import { statSync } from 'node:fs';
import type { Language } from '../i18n/render.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { sqlOf } from '../persistence/sql.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { archivableBefore, archiveYear, KEPT_YEARS, yearsBefore } from '../records/archive/archive-years.ts';
import type { ArchiveOptions, OwnerSql } from '../records/archive/archive-years.ts';
import { AuditTrail } from '../records/audit-trail.ts';
import { HeadWriter } from '../records/head-writer.ts';
import { tellVerification, verifyStore } from './audit-verify-command.ts';
import type { TextOutput } from './audit-verify-command.ts';
import { readArchiveOptions } from './record-options.ts';
import type { ArchiveCommand } from './record-options.ts';
import { recordLine, withRecordStore } from './record-store.ts';
import type { RecordStore } from './record-store.ts';

export interface ArchiveSurroundings {
  readonly now: () => Instant;
  readonly onStep?: ArchiveOptions['onStep'];
}

/** Runs `npm run audit:archive`. 0: what was asked has left. 1: it has not, or not all. 2: the command cannot be understood. */
export async function runAuditArchive(given: readonly string[], registry: Registry, systemLanguage: Language, output: TextOutput, environment: Readonly<Record<string, string | undefined>>, surroundings: ArchiveSurroundings = { now: () => Date.now() as Instant }): Promise<0 | 1 | 2> {
  const command = readArchiveOptions(given, systemLanguage);
  if ('problems' in command) {
    output.error(command.problems);
    return 2;
  }
  if (!statSync(command.folder, { throwIfNoEntry: false })?.isDirectory()) {
    output.error(`--to ${command.folder}: there is no such folder\n`);
    return 2;
  }
  if (!isOldEnough(command, surroundings.now(), output)) return 1;
  return withRecordStore(registry, environment, (store) => archive(store, command, output, surroundings));
}

function isOldEnough({ before, tables, language }: ArchiveCommand, now: Instant, output: TextOutput): boolean {
  const young = tables.filter((table) => before > archivableBefore(table, now));
  for (const table of young) output.error(recordLine(language, 'archive.tooYoung', { table, years: KEPT_YEARS[table], allowed: String(archivableBefore(table, now)), before: String(before) }));
  return young.length === 0;
}

async function archive(store: RecordStore, { before, folder, tables, language }: ArchiveCommand, output: TextOutput, { now, onStep }: ArchiveSurroundings): Promise<0 | 1> {
  const { client, keys, signer, database } = store;
  // What is wrong now would be wrong for ever.
  const verification = await verifyStore(store, null);
  if (verification.findings.some(({ isNote }) => !isNote)) {
    tellVerification(verification, language, output);
    output.error(recordLine(language, 'archive.unsound'));
    return 1;
  }
  const heads = new HeadWriter({ dataFolder: database.dataFolder, signer, clock: now });
  const audit = new AuditTrail(keys, heads.advanced);
  const sql: OwnerSql = {
    ...sqlOf(client),
    async transaction(work) {
      await client.query('begin');
      try {
        const result = await work(sql);
        await client.query(result === null ? 'rollback' : 'commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    },
  };
  let count = 0;
  try {
    for (const table of tables) {
      for (const year of await yearsBefore(sql, table, before)) {
        const archived = await archiveYear(sql, table, year, { keys, audit, folder, onStep });
        count++;
        if (!archived.ok) {
          output.error(recordLine(language, `archive.${archived.reason}`, { part: archived.part, file: archived.file }));
          return 1;
        }
        output.out(recordLine(language, 'archive.left', { part: archived.part, rows: archived.rows, file: archived.file, hash: archived.hash }));
      }
    }
  } finally {
    await heads.close();
  }
  if (count === 0) output.out(recordLine(language, 'archive.nothing', { before: String(before) }));
  return 0;
}
