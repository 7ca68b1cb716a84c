import type { Language } from '../i18n/render.ts';
import { sqlOf } from '../persistence/sql.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { verifyArchives } from '../records/archive/verify-archives.ts';
import { headLines } from '../records/chain-head.ts';
import type { RecordFinding } from '../records/verify/record-finding.ts';
import { verifyRecords } from '../records/verify/verify-records.ts';
import type { Verification } from '../records/verify/verify-records.ts';
import { readVerifyOptions } from './record-options.ts';
import { recordLine, withRecordStore } from './record-store.ts';
import type { RecordStore } from './record-store.ts';

export interface TextOutput {
  out(text: string): void;
  error(text: string): void;
}

/** Runs `npm run audit:verify`. 0: the records are whole. 1: they are not. 2: the command cannot be understood. */
export async function runAuditVerify(given: readonly string[], registry: Registry, systemLanguage: Language, output: TextOutput, environment: Readonly<Record<string, string | undefined>>): Promise<0 | 1 | 2> {
  const command = readVerifyOptions(given, systemLanguage);
  if ('problems' in command) {
    output.error(command.problems);
    return 2;
  }
  const { language, from, archives } = command;
  const verification = await withRecordStore(registry, environment, async (store) => {
    const verified = await verifyStore(store, from);
    return archives === null ? verified : { ...verified, findings: [...verified.findings, ...(await verifyArchives(sqlOf(store.client), store.keys, archives))] };
  });
  return tellVerification(verification, language, output) ? 0 : 1;
}

/** The heads first, and then the rows as they stand at one moment: so no head is further than its chain. */
export async function verifyStore({ client, database, keys, signer }: RecordStore, from: Parameters<typeof verifyRecords>[1]['from']): Promise<Verification> {
  const heads = headLines(database.dataFolder);
  await client.query('begin isolation level repeatable read read only');
  try {
    return await verifyRecords(sqlOf(client), { keys, signer, heads, from });
  } finally {
    await client.query('rollback');
  }
}

/** Prints each finding and the sum of them; whether all is well. */
export function tellVerification({ findings, rows, chains, heads }: Verification, language: Language, output: TextOutput): boolean {
  for (const finding of findings) output.error(findingLine(finding, language));
  const count = findings.filter(({ isNote }) => !isNote).length;
  output.out(recordLine(language, count === 0 ? 'verify.whole' : 'verify.wrong', { count, audit: rows.audit_trail, access: rows.access_record, chains, heads }));
  return count === 0;
}

const findingLine = ({ code, table, chain, seq, expected, found }: RecordFinding, language: Language): string => {
  const where = [table, chain === 'audit' ? null : chain, seq === null ? null : `seq ${seq}`].filter((part) => part !== null).join(' ');
  return recordLine(language, `verify.${code}`, { where, expected, found });
};
