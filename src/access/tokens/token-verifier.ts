import type { KeyObject } from 'node:crypto';
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { DEVELOPMENT_ALGORITHM, DEVELOPMENT_ISSUER } from './development-issuer.ts';
import { identityOf } from './identity.ts';
import type { Identity } from './identity.ts';
import { keysOf, ProviderUnavailable } from './key-sources.ts';
import type { TokenSettings } from './token-settings.ts';

/** What is wrong with a token. */
export type TokenFault = 'malformed' | 'issuer' | 'audience' | 'algorithm' | 'signature' | 'expired' | 'notYet' | 'notAccess' | 'unavailable';

export type Verified = { readonly kind: 'none' } | { readonly kind: 'identity'; readonly identity: Identity } | { readonly kind: 'refused'; readonly fault: TokenFault };

const refused = (fault: TokenFault): Verified => ({ kind: 'refused', fault });

const LONGEST = 8_192;
/** How long a provider that did not give its keys is left alone. */
const RETRY_AFTER_MS = 5_000;
/** Clocks differ. */
const TOLERANCE_S = 60;
/** So many keys of a provider are tried for a token that names none. */
const MOST_TRIED = 10;
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

/** Tells whom a request comes from by its bearer token (RFC 6750, 9068). Nothing is asked of a provider before the first token. */
export class TokenVerifier {
  readonly #settings: TokenSettings;
  /** That of the development issuer; null: its tokens are none. */
  readonly #developmentKey: KeyObject | null;
  readonly #now: () => number;
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();

  constructor(settings: TokenSettings, developmentKey: KeyObject | null, now: () => number = Date.now) {
    this.#settings = settings;
    this.#developmentKey = developmentKey;
    this.#now = now;
  }

  async verify(authorization: string | undefined): Promise<Verified> {
    if (authorization === undefined || authorization.trim() === '') return { kind: 'none' };
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization.length > LONGEST ? '' : authorization) ?? [];
    if (token === undefined) return refused('malformed');
    try {
      return await this.#check(token);
    } catch (error) {
      return refused(faultOf(error));
    }
  }

  async #check(token: string): Promise<Verified> {
    const { jwtVerify } = await import('jose');
    const { alg = '', typ, iss } = readUnchecked(token);
    const isDevelopment = iss === DEVELOPMENT_ISSUER && this.#developmentKey !== null;
    if (!isDevelopment && (iss === undefined || !this.#settings.issuers.includes(iss))) return refused('issuer');
    const algorithms = isDevelopment ? [DEVELOPMENT_ALGORITHM] : [...this.#settings.algorithms];
    if (!algorithms.includes(alg)) return refused('algorithm');
    if (!TYPES.has(typeof typ === 'string' ? typ.toLowerCase() : typ)) return refused('notAccess');
    const options = { issuer: iss, audience: this.#settings.audience, algorithms, clockTolerance: TOLERANCE_S, requiredClaims: ['exp', 'sub'], currentDate: new Date(this.#now()) };
    const { payload } = isDevelopment && this.#developmentKey ? await jwtVerify(token, this.#developmentKey, options) : await verifiedByOneOf(token, await this.#keysOf(iss ?? ''), options);
    return this.#accepted(payload, String(typ ?? '').toLowerCase().includes('at+jwt'));
  }

  /** `saysSo`: its type is that of access tokens. */
  #accepted(payload: JWTPayload, saysSo: boolean): Verified {
    if (payload.iat !== undefined && payload.iat > this.#now() / 1_000 + TOLERANCE_S) return refused('notYet');
    // What tells a page who signed in is no key to anything (OpenID Connect Core, 2).
    if (!saysSo && ('nonce' in payload || 'at_hash' in payload || 'c_hash' in payload)) return refused('notAccess');
    if (payload['token_use'] === 'id' || (typeof payload['typ'] === 'string' && /^(id|refresh|logout|offline)$/i.test(payload['typ']))) return refused('notAccess');
    const identity = identityOf(payload, this.#settings.personClaim);
    return identity ? { kind: 'identity', identity } : refused('malformed');
  }

  #keysOf(issuer: string): Promise<JWTVerifyGetKey> {
    let keys = this.#keys.get(issuer);
    if (!keys) {
      this.#keys.set(issuer, (keys = keysOf(issuer, this.#settings.keySetUrl, this.#settings.timeoutMs)));
      // Asked again a little later: forged tokens shall not make this server knock at the provider's door without end.
      keys.catch(() => setTimeout(() => this.#keys.delete(issuer), this.#settings.retryAfterMs ?? RETRY_AFTER_MS).unref());
    }
    return keys;
  }
}

/** With the keys of a provider; a token that does not say by which of them it is signed is tried with each that can be. */
async function verifiedByOneOf(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<{ readonly payload: JWTPayload }> {
  const { errors, jwtVerify } = await import('jose');
  try {
    return await jwtVerify(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    let tried = 0;
    for await (const key of error) {
      if (++tried > MOST_TRIED) break;
      try {
        return await jwtVerify(token, key, options);
      } catch (another) {
        if (!(another instanceof errors.JWSSignatureVerificationFailed)) throw another;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** Whose keys are to be asked for, and how; nothing else of a token counts before its signature holds. Throws for what is no JSON. */
function readUnchecked(token: string): { readonly alg?: string; readonly typ?: unknown; readonly iss?: string } {
  const [head, claims] = token.split('.').map((part, index) => (index < 2 ? (JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Readonly<Record<string, unknown>> | null) : null));
  if (typeof head !== 'object' || head === null || typeof claims !== 'object' || claims === null) throw new SyntaxError('no token');
  return { alg: String(head['alg'] ?? ''), typ: head['typ'], ...(typeof claims['iss'] === 'string' && { iss: claims['iss'] }) };
}

/** By the stable codes of jose. */
const FAULTS: Readonly<Record<string, TokenFault>> = {
  ERR_JWT_EXPIRED: 'expired',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWKS_NO_MATCHING_KEY: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'algorithm',
  ERR_JWKS_TIMEOUT: 'unavailable',
  ERR_JWKS_INVALID: 'unavailable',
  ERR_JOSE_GENERIC: 'unavailable',
};
const BY_CLAIM: Readonly<Record<string, TokenFault>> = { aud: 'audience', iss: 'issuer', nbf: 'notYet', exp: 'expired' };

function faultOf(error: unknown): TokenFault {
  if (error instanceof ProviderUnavailable) return 'unavailable';
  const { code, claim, name } = error as { readonly code?: string | number; readonly claim?: string; readonly name?: string };
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return BY_CLAIM[claim ?? ''] ?? 'malformed';
  // What `fetch` throws has no code of jose's; what a key that is none throws has a number.
  if (typeof code === 'number') return 'signature';
  if (code === undefined || !code.startsWith('ERR_J')) return name === 'TypeError' || name === 'TimeoutError' || name === 'AbortError' ? 'unavailable' : 'malformed';
  return FAULTS[code] ?? 'malformed';
}
