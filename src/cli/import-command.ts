import { createReadStream, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { importFiles } from '../imports/import-files.ts';
import type { SourceFile } from '../imports/import-files.ts';
import { problemLine, resultLine } from '../imports/report.ts';
import { templateOf } from '../imports/template.ts';
import type { Language } from '../i18n/render.ts';
import { openDatabase } from '../persistence/database.ts';
import { explainConnection } from '../persistence/explain-connection.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { openOperatorRecords } from '../records/operator-records.ts';
import { readImportOptions } from './import-options.ts';
import type { ImportCommand, TemplateCommand } from './import-options.ts';
import { progressOn } from './import-progress.ts';

/** 0: everything was taken. 1: rows or a file were refused. 2: the command cannot be understood, or a file not be read. */
export type ExitCode = 0 | 1 | 2;

export interface Output {
  out(text: string): void;
  error(text: string): void;
  readonly terminal: NodeJS.WriteStream;
}

/** Runs `npm run import`. Throws a StartError where the store cannot be opened. */
export async function runImport(given: readonly string[], registry: Registry, systemLanguage: Language, output: Output, environment: Readonly<Record<string, string | undefined>>, signal?: AbortSignal): Promise<ExitCode> {
  const command = readImportOptions(given, registry, systemLanguage);
  if ('problems' in command) {
    output.error(command.problems);
    return 2;
  }
  if ('template' in command) return writeTemplate(command, registry, output);
  const files = openFiles(command);
  if ('problems' in files) {
    output.error(files.problems);
    return 2;
  }
  return takeFiles(command, files.files, registry, output, readConfig(environment), signal);
}

async function writeTemplate({ template, jurisdiction, output: path, language }: TemplateCommand, registry: Registry, output: Output): Promise<ExitCode> {
  try {
    await writeFile(path, await templateOf(template, registry, jurisdiction, language));
  } catch (error) {
    output.error(`${path}: ${(error as Error).message}\n`);
    return 2;
  }
  output.out(`${path}\n`);
  return 0;
}

const READ_AT_ONCE = 1 << 18;

function openFiles({ files, kind }: ImportCommand): { readonly files: SourceFile[] } | { readonly problems: string } {
  const opened: SourceFile[] = [];
  const problems: string[] = [];
  for (const path of files) {
    try {
      const found = statSync(path);
      if (!found.isFile()) problems.push(`${path}: not a file`);
      else opened.push({ name: files.length > 1 ? path : basename(path), kind, bytes: found.size, open: () => createReadStream(path, { highWaterMark: READ_AT_ONCE }) });
    } catch (error) {
      problems.push(`${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`);
    }
  }
  return problems.length > 0 ? { problems: `${problems.join('\n')}\n` } : { files: opened };
}

async function takeFiles(command: ImportCommand, files: readonly SourceFile[], registry: Registry, output: Output, config: Config, signal: AbortSignal | undefined): Promise<ExitCode> {
  const { language } = command;
  const progress = progressOn(output.terminal, language);
  const database = await openDatabase({ ...config.database, part: 'guest' }, [...registry.jurisdictions.values()]);
  try {
    const records = await openOperatorRecords(database, config.records.auditKey);
    const results = await importFiles({ ...command, files, database, registry, signal, putOnRecord: records.put, onProgress: progress.show }).finally(() => records.close());
    progress.clear();
    for (const result of results) {
      for (const problem of result.problems) output.error(`${problemLine(problem, language)}\n`);
      output.out(`${resultLine(result, language)}\n`);
    }
    return results.every(({ status, refused }) => status === 'taken' && refused === 0) ? 0 : 1;
  } catch (error) {
    progress.clear();
    throw explainConnection(error, database.url) ?? error;
  } finally {
    await database.close();
  }
}
