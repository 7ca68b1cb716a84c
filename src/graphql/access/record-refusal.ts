import { GraphQLError } from 'graphql';
import { sayRecord } from '../../i18n/record-messages.ts';
import type { Language } from '../../i18n/render.ts';
import type { RecordError } from '../../records/record-error.ts';

/** What a client is told of what cannot go on for the sake of the records. */
export function recordRefusal({ code, params, retryAfterSeconds }: RecordError, language: Language): GraphQLError {
  return new GraphQLError(sayRecord(language, code, params), { extensions: { code, ...(retryAfterSeconds !== null && { retryAfterSeconds }), http: { status: STATUS[code] ?? 400 } } });
}

const STATUS: Readonly<Partial<Record<RecordError['code'], number>>> = { ACCESS_RECORD_UNAVAILABLE: 503, ANSWER_WITHHELD: 503, IDEMPOTENCY_IN_PROGRESS: 409, IDEMPOTENCY_KEY_REUSED: 422 };
