import { DELEGATED_ACTIONS } from '../../access/principal.ts';
import { ROLES } from '../../access/roles.ts';
import type { Role } from '../../access/roles.ts';
import { registerEnumType } from '../type-graphql.ts';

const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  TEACHER: 'A teacher, about oneself: whoever is linked to a person of the register.',
  SCHOOL_ADMINISTRATOR: 'Answers for the staff of one institution.',
  DISTRICT_REVIEWER: 'Reviews and recognises in a district.',
  AUTHORITY: 'A municipal or provincial education authority, or the nation’s.',
  PROVIDER_STAFF: 'Works for a training provider.',
  PROVIDER_LEAD: 'Leads a training provider’s projects.',
  ASSOCIATION: 'An industry association of off-campus training.',
  OFF_CAMPUS_INSTITUTION: 'Answers for the staff of one off-campus training institution.',
  LEARNER: 'A learner or parent.',
  ANALYST: 'Counts people and does not know them: names are shown in part.',
  AUDITOR: 'Reads what was changed, and whether the records are whole.',
  SECURITY_OFFICER: 'Reads who looked at whom, and who holds which role.',
  SYSTEM_ADMINISTRATOR: 'Runs the product and gives the first roles; sees no people.',
};

export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role]));
registerEnumType(RoleEnum, { name: 'Role', description: 'What somebody may be to the product.', valuesConfig: Object.fromEntries(ROLES.map((role) => [role, { description: ROLE_DESCRIPTIONS[role] }])) });

export const DelegatedActionEnum = Object.fromEntries(DELEGATED_ACTIONS.map((action) => [action, action]));
registerEnumType(DelegatedActionEnum, {
  name: 'DelegatedAction',
  description: 'What a teacher can let somebody else do.',
  valuesConfig: { VIEW: { description: 'See what the teacher sees of oneself.' }, RECORD_ASSESSMENT: { description: 'Have an assessment of the teacher kept; VIEW comes with it.' }, REQUEST_CORRECTION: { description: 'Ask for a correction of what the register says of the teacher, see and withdraw those; VIEW comes with it.' } },
});
