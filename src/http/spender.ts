import type { FastifyRequest } from 'fastify';
import type { BudgetKind, Budgets } from '../access/budget/budgets.ts';
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
export function spenders(config: Config, database: Database | null, budgets: Budgets): SpenderOf {
  const proxies = trustedProxies(config.trustedProxies);
  const keyed = (text: string): string => database?.keys.current.index(text).toString('base64url') ?? text;
  const spender = (kind: BudgetKind, key: string): Spender => ({ kind, key, standing: () => budgets.lastSeen(key, kind) });
  return (request, identity) => {
    if (identity) return spender(identity.isClient ? 'client' : 'person', keyed(`subject ${identity.issuer} ${identity.subject}`));
    const address = clientKey(clientAddress(request, proxies));
    return spender('anonymous', keyed(`address ${address}`));
  };
}
