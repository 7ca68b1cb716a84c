import type { Subject } from '../principal.ts';

/** Whom a good access token names. */
export interface Identity extends Subject {
  /** Whether it was issued to another system rather than to a person. */
  readonly isClient: boolean;
  readonly name: string | null;
  /** The person of the register that the provider says it is: the key in a source of imports; null: it says none. */
  readonly person: { readonly source: string; readonly key: string } | null;
}

type Claims = Readonly<Record<string, unknown>>;

const text = (value: unknown, most = 200): string | null => (typeof value === 'string' && value.trim() !== '' && value.length <= most && !/\p{Cc}/u.test(value) ? value : null);

/** Read from the claims of a token whose signature holds. */
export function identityOf(claims: Claims, personClaim: string | null): Identity | null {
  const [issuer, subject] = [text(claims['iss']), text(claims['sub'])];
  if (issuer === null || subject === null) return null;
  // By client credentials (RFC 9068, 2.2): the client is the subject.
  const client = text(claims['client_id']) ?? text(claims['azp']);
  return { issuer, subject, isClient: claims['gty'] === 'client-credentials' || (client !== null && client === subject), name: text(claims['name']) ?? text(claims['preferred_username']), person: personOf(personClaim === null ? null : text(claims[personClaim])) };
}

function personOf(claim: string | null): Identity['person'] {
  const [, source, key] = /^([^:]+):(.+)$/.exec(claim ?? '') ?? [];
  return source !== undefined && key !== undefined ? { source, key } : null;
}
