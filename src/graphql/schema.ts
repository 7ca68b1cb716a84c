import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from './type-graphql.ts';
import { DelegationMutation } from './access/delegation.mutation.ts';
import { InvitationMutation } from './access/invitation.mutation.ts';
import { RoleGrantMutation } from './access/role-grant.mutation.ts';
import { ViewerResolver } from './access/viewer.resolver.ts';
import { AboutResolver } from './about/about.resolver.ts';
import { guardFields } from './access/guard-fields.ts';
import { keyMutations } from './access/key-mutations.ts';
import { callMethodsPlainly } from './execution/plain-resolvers.ts';
import { readObjectsOnce } from './execution/read-once.ts';
import { AssessResolver } from './assessment/assess.resolver.ts';
import { CorrectionMutation } from './correction/correction.mutation.ts';
import { CorrectionsResolver } from './correction/corrections.resolver.ts';
import { InstitutionsResolver } from './institution/institutions.resolver.ts';
import { RevealMutation } from './private/reveal.mutation.ts';
import { NodesResolver } from './relay/nodes.resolver.ts';
import { RecordsResolver } from './records/records.resolver.ts';
import { RulebookResolver } from './rulebook/rulebook.resolver.ts';
import { AssessmentRecordMutation } from './stored-assessment/assessment-record.mutation.ts';
import { StoredAssessmentsResolver } from './stored-assessment/stored-assessments.resolver.ts';
import { TeachersResolver } from './teacher/teachers.resolver.ts';

let built: GraphQLSchema | undefined;

const DESCRIPTION = '师训 Shixun: what is the rule in a place on a day, is it met, why, and what would close the gap. Sentences come in Chinese or English, as `Accept-Language` asks.';

/** The schema of the API. Built once a process: the decorators write to metadata that is global. */
export const apiSchema = (): GraphQLSchema => (built ??= buildApiSchema());

/** The same built anew, guarded by the tables as they stand now. */
export function buildApiSchema(): GraphQLSchema {
  return guardFields(keyMutations(readObjectsOnce(callMethodsPlainly(describeRoots(buildSchemaSync({
    resolvers: [AssessResolver, RulebookResolver, TeachersResolver, InstitutionsResolver, StoredAssessmentsResolver, AssessmentRecordMutation, NodesResolver, RecordsResolver, ViewerResolver, RoleGrantMutation, InvitationMutation, DelegationMutation, CorrectionsResolver, CorrectionMutation, RevealMutation, AboutResolver],
    // Input is checked in one place, against the declarations of plugins.
    validate: false,
    // It would run the introspection query, a twentieth of the whole start; Apollo validates the schema, and a test prints it.
    skipCheck: true,
  }))))));
}

/** The decorators have no place for what these are. */
function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  schema.description = DESCRIPTION;
  const query = schema.getQueryType();
  if (query) query.description = 'What can be asked. Nothing that is asked here is kept.';
  const mutation = schema.getMutationType();
  if (mutation) mutation.description = 'What can be written. Each field is a transaction of its own, committed before the next field begins and before the answer.';
  return schema;
}
