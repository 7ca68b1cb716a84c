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

/** The refusal as an answer with status 400: what the limit is, what was found, what would help. */
export const refusalError = ({ code, key, params }: Refusal, language: Language): GraphQLError =>
  new GraphQLError(say(language, key, params), { extensions: { code, ...params, http: { status: 400 } } });
