/** What somebody may be to the product. Dated, with a scope; a person may hold several. */
export const ROLES = [
  'TEACHER',
  'SCHOOL_ADMINISTRATOR',
  'DISTRICT_REVIEWER',
  'AUTHORITY',
  'PROVIDER_STAFF',
  'PROVIDER_LEAD',
  'ASSOCIATION',
  'OFF_CAMPUS_INSTITUTION',
  'LEARNER',
  'ANALYST',
  'AUDITOR',
  'SECURITY_OFFICER',
  'SYSTEM_ADMINISTRATOR',
] as const;
export type Role = (typeof ROLES)[number];

/** How somebody stands to a row by one of the roles held. `elsewhere` is no relation at all. */
export const RELATIONS = ['own', 'institution', 'jurisdiction', 'elsewhere'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Over what a role is held: oneself, an institution, or a place with all below it. */
export type ScopeKind = 'self' | 'institution' | 'jurisdiction';

/** How a role stands to what lies in its scope. */
export const RELATION_OF: Readonly<Record<ScopeKind, Relation>> = { self: 'own', institution: 'institution', jurisdiction: 'jurisdiction' };

/** The scope that each role is held over. */
export const SCOPE_OF: Readonly<Record<Role, ScopeKind>> = {
  TEACHER: 'self',
  SCHOOL_ADMINISTRATOR: 'institution',
  DISTRICT_REVIEWER: 'jurisdiction',
  AUTHORITY: 'jurisdiction',
  PROVIDER_STAFF: 'institution',
  PROVIDER_LEAD: 'institution',
  ASSOCIATION: 'jurisdiction',
  OFF_CAMPUS_INSTITUTION: 'institution',
  LEARNER: 'self',
  ANALYST: 'jurisdiction',
  AUDITOR: 'jurisdiction',
  SECURITY_OFFICER: 'jurisdiction',
  SYSTEM_ADMINISTRATOR: 'jurisdiction',
};

/** Never two of these in one person: who runs the product, who guards it and who checks both are three. */
export const SEPARATED: readonly Role[] = ['AUDITOR', 'SECURITY_OFFICER', 'SYSTEM_ADMINISTRATOR'];

/**
 * Who gives which role, within a scope of the own that holds the scope given. Nobody gives one to oneself. The first of
 * them, over a place, the operator gives by a command. TEACHER follows from being linked to a person; LEARNER nobody gives yet.
 */
export const GIVEN_BY: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  SYSTEM_ADMINISTRATOR: ['SYSTEM_ADMINISTRATOR', 'AUDITOR', 'SECURITY_OFFICER', 'AUTHORITY'],
  AUTHORITY: ['AUTHORITY', 'DISTRICT_REVIEWER', 'ANALYST', 'ASSOCIATION', 'SCHOOL_ADMINISTRATOR', 'PROVIDER_LEAD', 'PROVIDER_STAFF', 'OFF_CAMPUS_INSTITUTION'],
  DISTRICT_REVIEWER: ['SCHOOL_ADMINISTRATOR', 'OFF_CAMPUS_INSTITUTION'],
  PROVIDER_LEAD: ['PROVIDER_STAFF'],
};
