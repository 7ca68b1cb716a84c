import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { mayAdmit, rolesOf } from '../../access/policy/admits.ts';
import { audienceNamed } from '../../access/policy/table.ts';
import type { Principal } from '../../access/principal.ts';
import { ErrorCode } from '../error-codes.ts';
import { refusal } from '../limits/refusal.ts';
import type { Refusal } from '../limits/refusal.ts';
import { requirementsOf } from './requirements.ts';
import type { Requirement } from './requirements.ts';

/** Refuses an operation with a field that is for nobody like the one who asks, before anything is read. */
export class AccessGuard {
  readonly #schema: GraphQLSchema;
  /** Documents are kept by the server, so what is known of one is found again. */
  readonly #known = new WeakMap<OperationDefinitionNode, readonly Requirement[]>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Whether it is for everyone, whoever asks. */
  isPublic(document: DocumentNode, operation: OperationDefinitionNode): boolean {
    return this.#requirements(document, operation).every(({ audience }) => audienceNamed(audience) === 'everyone');
  }

  judge(document: DocumentNode, operation: OperationDefinitionNode, principal: Principal): Refusal | null {
    const refused = this.#requirements(document, operation).find(({ audience }) => !mayAdmit(audienceNamed(audience), principal));
    if (!refused) return null;
    const { field, audience } = refused;
    if (principal.kind === 'anonymous') return refusal(ErrorCode.UNAUTHENTICATED, 'access.signIn', { field });
    if (principal.accountId === null) return refusal(ErrorCode.FORBIDDEN, 'access.noAccount', { field });
    const held = [...new Set(principal.grants.map(({ role }) => role))].join(', ') || '—';
    return refusal(ErrorCode.FORBIDDEN, 'access.otherRoles', { field, roles: rolesOf(audienceNamed(audience)).join(', ') || '—', held });
  }

  #requirements(document: DocumentNode, operation: OperationDefinitionNode): readonly Requirement[] {
    let known = this.#known.get(operation);
    if (!known) this.#known.set(operation, (known = requirementsOf(this.#schema, document, operation)));
    return known;
  }
}
