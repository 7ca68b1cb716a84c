export type RecordErrorCode = 'ACCESS_RECORD_UNAVAILABLE' | 'ANSWER_WITHHELD' | 'IDEMPOTENCY_KEY_INVALID' | 'IDEMPOTENCY_KEY_REUSED' | 'IDEMPOTENCY_IN_PROGRESS';

/** A request that cannot go on for the sake of the records. What to say of it stands under `record.<CODE>` in the messages. */
export class RecordError extends Error {
  readonly code: RecordErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** After how many seconds the same may succeed; null: not by waiting. */
  readonly retryAfterSeconds: number | null;

  constructor(code: RecordErrorCode, { params = {}, retryAfterSeconds = null, cause }: { readonly params?: Readonly<Record<string, string | number>>; readonly retryAfterSeconds?: number | null; readonly cause?: unknown } = {}) {
    super(code, { cause });
    this.name = 'RecordError';
    this.code = code;
    this.params = params;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
