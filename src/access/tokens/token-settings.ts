/** By whom access tokens are issued, and what of them counts. */
export interface TokenSettings {
  /** Providers of OpenID Connect, by the address that stands in their tokens as `iss`. */
  readonly issuers: readonly string[];
  /** What a token has to be for (`aud`). */
  readonly audience: string;
  /** Where the keys of the one issuer are; null: where its own configuration says. */
  readonly keySetUrl: string | null;
  readonly algorithms: readonly string[];
  /** The claim with the person of the register, `source:key`; null: none. */
  readonly personClaim: string | null;
  /** How long the provider may take to give its keys. */
  readonly timeoutMs: number;
  /** How long a provider that did not give its keys is left alone; absent: 5 s. */
  readonly retryAfterMs?: number;
}

/** Signatures that nobody can make with what the provider gives out to check them. */
export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;
