import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Identity } from '../access/tokens/identity.ts';
import type { TokenFault, TokenVerifier } from '../access/tokens/token-verifier.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { HeaderMap } from '../graphql/execution/apollo.ts';
import { say } from '../i18n/server-messages.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';

/** Whom a request comes from; null: nobody signed in. Throws what the client is told of a token that is none. */
export type Identify = (request: FastifyRequest) => Promise<Identity | null>;

const MESSAGES: Readonly<Record<TokenFault, ServerMessageKey>> = {
  malformed: 'token.malformed',
  issuer: 'token.issuer',
  audience: 'token.audience',
  algorithm: 'token.algorithm',
  signature: 'token.signature',
  expired: 'token.expired',
  notYet: 'token.notYet',
  notAccess: 'token.notAccess',
  unavailable: 'token.unavailable',
};

function refusedWith(status: number, code: ErrorCode, message: string, header: string, value: string): GraphQLError {
  const headers = new HeaderMap();
  headers.set(header, value);
  return new GraphQLError(message, { extensions: { code, http: { status, headers: headers as never } } });
}

export const identifyBy =
  (verifier: TokenVerifier): Identify =>
  async ({ headers, language }) => {
    const verified = await verifier.verify(headers.authorization);
    if (verified.kind === 'none') return null;
    if (verified.kind === 'identity') return verified.identity;
    const { fault } = verified;
    const message = say(language, MESSAGES[fault]);
    if (fault === 'unavailable') throw refusedWith(503, ErrorCode.AUTH_PROVIDER_UNAVAILABLE, message, 'retry-after', '5');
    throw refusedWith(401, ErrorCode.UNAUTHENTICATED, message, 'www-authenticate', 'Bearer error="invalid_token"');
  };
