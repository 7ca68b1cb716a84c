import { expect, test } from 'vitest';
import { recordMessages, sayRecord } from '../../src/i18n/record-messages.ts';
import { onceRequest } from '../../src/records/idempotency.ts';
import { RecordError } from '../../src/records/record-error.ts';
import type { RecordErrorCode } from '../../src/records/record-error.ts';
import type { RecordFindingCode } from '../../src/records/verify/record-finding.ts';

const ERRORS: Readonly<Record<RecordErrorCode, true>> = { ACCESS_RECORD_UNAVAILABLE: true, ANSWER_WITHHELD: true, IDEMPOTENCY_KEY_INVALID: true, IDEMPOTENCY_KEY_REUSED: true, IDEMPOTENCY_IN_PROGRESS: true };
const FINDINGS: Readonly<Record<RecordFindingCode, true>> = { ALTERED: true, INSERTED: true, REMOVED: true, REORDERED: true, CUT_TAIL: true, HEAD_MISMATCH: true, FOREIGN_HEAD: true, UNKNOWN_KEY: true, MISSING_PARTITION: true, FORGED_CLOSING: true, CLOSING_MISMATCH: true, ARCHIVE_MISSING: true, ARCHIVE_ALTERED: true, NO_HEADS: true, TORN_HEAD: true };

test('every refusal and every finding has its sentence, with the same parameters in both languages', () => {
  for (const key of [...Object.keys(ERRORS), ...Object.keys(FINDINGS).map((code) => `verify.${code}`)]) expect(recordMessages).toHaveProperty([`record.${key}`]);
  const parameters = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
  for (const { zh, en } of Object.values(recordMessages)) expect(parameters(zh)).toEqual(parameters(en));
});

test('a bad key is told without being repeated', () => {
  try {
    onceRequest('hunter 2', 'a', {});
    expect.unreachable();
  } catch (error) {
    const { code, params } = error as RecordError;
    expect(sayRecord('en', code, params)).toBe('An idempotency key is 1 to 200 visible ASCII characters without spaces; this one has 8 characters. A UUID is a good one.');
    expect(sayRecord('zh', code, params)).toContain('现有 8 个字符');
  }
});
