import { checkFacts } from '../../kernel/fact-input.ts';
import type { FieldSpec } from '../../kernel/facts.ts';
import { text } from '../../kernel/text.ts';
import type { EntriesRecord, PropertyRecord } from '../records.ts';
import { declaredAt, fieldOf, recordsAt, requireValues } from './fact-path.ts';
import type { DeclaredType } from './fact-path.ts';
import type { Subject } from './subject.ts';

/** How stored things become facts: that the facts, their fields and values are declared, and a ledger reads the entries. */
export function checkRecords(subject: Subject): void {
  const { entries = [], roles, employments, person = [], institution = [] } = subject.plugin.records ?? {};
  for (const item of entries) checkEntries(subject, `records.entries[${item.fact}]`, item);
  if (roles) checkDatedList(subject, 'records.roles.fact', roles.fact, ['role', 'from', 'to']);
  if (employments) checkDatedList(subject, 'records.employments.fact', employments.fact, ['from', 'to']);
  checkProperties(subject, 'records.person', person);
  checkProperties(subject, 'records.institution', institution);
}

function checkEntries(subject: Subject, path: string, { fact, status, columns, values = {}, elsewhere }: EntriesRecord): void {
  const records = recordsAt(subject, `${path}.fact`, fact, true);
  if (!records) return;
  if (![...subject.ledgers.values()].some((ledger) => ledger.entries.fact === fact)) subject.report('UNKNOWN_LEDGER', `${path}.fact`, fact, text('有账目读取的记录列表', 'a list of entries that a ledger reads'));
  for (const column of Object.keys(columns)) fieldAt(subject, `${path}.columns.${column}`, records, column, fact);
  for (const [column, names] of Object.entries(values)) {
    const field = fieldAt(subject, `${path}.values.${column}`, records, column, fact);
    if (field) requireValues(subject, `${path}.values.${column}`, field, Object.keys(names));
  }
  if (status) {
    const field = fieldOf(subject, `${path}.status.field`, records, status.field, fact);
    if (field) requireValues(subject, `${path}.status.values`, field, Object.values(status.values));
  }
  if (elsewhere) checkElsewhere(subject, `${path}.elsewhere`, fact, records, elsewhere);
}

/** A field of the record, or of a record inside it: `degree.certificate`. */
function fieldAt(subject: Subject, path: string, records: DeclaredType, column: string, called: string): DeclaredType | null {
  let around: DeclaredType | null = records;
  for (const name of column.split('.')) {
    if (!around) return null;
    around = fieldOf(subject, path, around, name, called);
  }
  return around;
}

function checkElsewhere(subject: Subject, path: string, fact: string, records: DeclaredType, fields: NonNullable<EntriesRecord['elsewhere']>): void {
  const declared = records.type.kind === 'record' ? records.type.fields : {};
  const specs = new Map(Object.entries(declared).map(([name, field]: [string, FieldSpec]) => [name, { ...field, name, suppliedBy: 'caller', sensitivity: 'internal' } as const]));
  for (const { path: at, message, nearest, value } of checkFacts(specs, fields).problems) {
    subject.report('FACT_TYPE', `${path}.${at}`, value, text(`${fact}的字段及其取值(${message.key})`, `a field of ${fact} and a value of it (${message.key})`), nearest);
  }
}

function checkDatedList(subject: Subject, path: string, fact: string, fields: readonly string[]): void {
  const records = recordsAt(subject, path, fact, true);
  if (!records) return;
  for (const name of fields) fieldOf(subject, path, records, name, fact);
}

function checkProperties(subject: Subject, path: string, properties: readonly PropertyRecord[]): void {
  const seen = new Set<string>();
  for (const { fact } of properties) {
    declaredAt(subject, `${path}[${fact}].fact`, fact);
    if (seen.has(fact)) subject.report('DUPLICATE_NAME', `${path}[${fact}].fact`, fact, text('每个事实只写一次', 'each fact once'));
    seen.add(fact);
  }
}
