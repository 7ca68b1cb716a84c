import type { FastifyRequest } from 'fastify';
import type { Identity } from '../access/tokens/identity.ts';
import type { Config } from '../config.ts';
import type { Spender } from '../graphql/context.ts';
import type { Database } from '../persistence/database.ts';
import { clientAddress, clientKey, trustedProxies } from './client-address.ts';

/** Whose budget a request is charged to. */
export type SpenderOf = (request: FastifyRequest, identity: Identity | null) => Spender;

/**
 * Whoever signed in spends what is theirs, from wherever they ask; who did not, what is left for the address. In the store
 * it is a keyed hash: addresses are personal data.
 */
export function spenders(config: Config, database: Database | null): SpenderOf {
  const proxies = trustedProxies(config.trustedProxies);
  const keyed = (text: string): string => database?.identityNumbers.index(text).toString('base64url') ?? text;
  return (request, identity) => {
    if (identity) return { kind: identity.isClient ? 'client' : 'person', key: keyed(`subject ${identity.issuer} ${identity.subject}`) };
    const address = clientKey(clientAddress(request, proxies));
    return { kind: 'anonymous', key: keyed(`address ${address}`) };
  };
}
