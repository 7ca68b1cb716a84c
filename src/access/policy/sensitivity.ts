import type { Sensitivity } from '../../kernel/facts.ts';
import { SENSITIVITIES } from '../../kernel/facts.ts';
import type { AudienceName } from './audiences.ts';
import { MASKED } from './fields.ts';
import { allRows, rowOf } from './table.ts';

/** How sensitive a field is by whom it is for: what is for whoever reads people is about people. */
const BY_AUDIENCE: Readonly<Partial<Record<AudienceName, Sensitivity>>> = { EVERYONE: 'public', SIGNED_IN: 'internal' };

/** Fields that show more than their audience says: what is private, said in confidence, or shown in full once. */
const SENSITIVE = 'AccessEntry.purpose AuditValue.value Correction.evidence Correction.reason Correction.right Correction.values Correction.wrong IdentityNumber.number InvitationPayload.word RevealPayload.value StoredAssessment.facts Teacher.birthDate Teacher.identityNumbers Teacher.phone'.split(' ');

/** How sensitive a field of the API is; undefined: it is not in the table of fields. Of whom nobody has thought it is personal. */
export function sensitivityOfField(type: string, field: string): Sensitivity | undefined {
  const row = rowOf(type, field);
  if (!row) return undefined;
  return SENSITIVE.includes(`${type}.${field}`) ? 'sensitive' : (BY_AUDIENCE[row.audience] ?? 'personal');
}

/** Audiences that say nothing of the relation to a person. */
const OPEN: readonly AudienceName[] = ['EVERYONE', 'SIGNED_IN', 'WHOEVER', 'BEARER'];
const rank = (sensitivity: Sensitivity | undefined): number => SENSITIVITIES.indexOf(sensitivity ?? 'public');
const classOf = (coordinate: string): Sensitivity | undefined => sensitivityOfField(...(coordinate.split('.') as [string, string]));

/** What contradicts the classes. Empty: nothing sensitive is for an open audience, and what is masked is about people. */
export const sensitivityFaults = (): string[] => [
  ...SENSITIVE.filter((coordinate) => !allRows().has(coordinate)).map((coordinate) => `a sensitive field is not in the table of fields: ${coordinate}`),
  ...SENSITIVE.filter((coordinate) => OPEN.some((audience) => audience === allRows().get(coordinate)?.audience)).map((coordinate) => `a sensitive field is for whoever asks: ${coordinate}`),
  ...Object.keys(MASKED).filter((coordinate) => rank(classOf(coordinate)) < rank('personal')).map((coordinate) => `a field is masked that is not about people: ${coordinate}`),
];
