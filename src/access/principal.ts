import type { Role } from './roles.ts';

export type Scope =
  | { readonly kind: 'self' }
  | { readonly kind: 'institution'; readonly institutionId: string; readonly code: string }
  /** A place and all below it. */
  | { readonly kind: 'jurisdiction'; readonly code: string };

/** A role that is held today. */
export interface Grant {
  /** The row; null for what follows from being a person of the register. */
  readonly id: string | null;
  readonly role: Role;
  readonly scope: Scope;
}

/** A teacher who lets this principal act for them. */
export interface HeldDelegation {
  readonly id: string;
  readonly personId: string;
  readonly actions: readonly DelegatedAction[];
}

/** What can be left to somebody else. */
export const DELEGATED_ACTIONS = ['VIEW', 'RECORD_ASSESSMENT', 'REQUEST_CORRECTION'] as const;
export type DelegatedAction = (typeof DELEGATED_ACTIONS)[number];

/** Who asks. */
export interface Principal {
  readonly kind: 'anonymous' | 'person' | 'client';
  /** The row of the account; null: nobody has signed in, or nobody has been told of this subject yet. */
  readonly accountId: string | null;
  readonly displayName: string | null;
  /** The person of the register that this account is linked to; null: none. */
  readonly personId: string | null;
  readonly grants: readonly Grant[];
  readonly delegations: readonly HeldDelegation[];
}

export const ANONYMOUS: Principal = { kind: 'anonymous', accountId: null, displayName: null, personId: null, grants: [], delegations: [] };

/** Whom a token names. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}
