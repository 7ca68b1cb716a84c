import { GraphQLError } from 'graphql';
import type { Language } from '../../i18n/render.ts';
import { say } from '../../i18n/server-messages.ts';
import type { ServerMessageKey } from '../../i18n/server-messages.ts';
import type { ErrorCode } from '../error-codes.ts';

/** Why a request is refused before it runs. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly key: ServerMessageKey;
  readonly params: Readonly<Record<string, string | number>>;
}

export const refusal = (code: ErrorCode, key: ServerMessageKey, params: Refusal['params']): Refusal => ({ code, key, params });

/** What the answer of a refusal has as its status, where it is not 400. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** The refusal as an answer: what the limit is, what was found, what would help. */
export const refusalError = ({ code, key, params }: Refusal, language: Language): GraphQLError =>
  new GraphQLError(say(language, key, params), { extensions: { code, ...params, http: { status: STATUS[code] ?? 400 } } });
