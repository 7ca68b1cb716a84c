import type { Role } from '../roles.ts';

export interface DemoIdentity {
  readonly role: Role;
  /** Over what: everything, or where the school of the demo lies. */
  readonly over: 'nation' | 'county' | 'school' | 'self';
  readonly isClient?: boolean;
}

/** As whom a newcomer can look at the demo: `npm run token -- --as <name>`. */
export const DEMO_IDENTITIES: Readonly<Record<string, DemoIdentity>> = Object.assign(Object.create(null) as object, {
  authority: { role: 'AUTHORITY', over: 'nation' },
  'district-reviewer': { role: 'DISTRICT_REVIEWER', over: 'county' },
  'school-administrator': { role: 'SCHOOL_ADMINISTRATOR', over: 'school' },
  teacher: { role: 'TEACHER', over: 'self' },
  analyst: { role: 'ANALYST', over: 'nation' },
  'provider-lead': { role: 'PROVIDER_LEAD', over: 'school' },
  association: { role: 'ASSOCIATION', over: 'county' },
  auditor: { role: 'AUDITOR', over: 'nation' },
  'security-officer': { role: 'SECURITY_OFFICER', over: 'nation' },
  'system-administrator': { role: 'SYSTEM_ADMINISTRATOR', over: 'nation' },
  'public-front-end': { role: 'ANALYST', over: 'nation', isClient: true },
} satisfies Record<string, DemoIdentity>);

export const demoSubject = (name: string): string => `demo:${name}`;
