import { chainOf, NATION } from '../kernel/jurisdiction.ts';

/** What a correction may be about: a row of the register, what it says of the person as such (the name), or a row that is not there. */
export const CORRECTION_SUBJECTS = ['CREDIT_ENTRY', 'EMPLOYMENT', 'ROLE', 'PROPERTY', 'IDENTITY_NUMBER', 'PRIVATE_VALUE', 'PERSON', 'MISSING'] as const;
export type CorrectionSubject = (typeof CORRECTION_SUBJECTS)[number];

export const CORRECTION_STATES = ['SUBMITTED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/** Who brings a correction from one state to another. Where nothing is said nothing is possible: each end is one. */
export const CORRECTION_STEPS = [
  { from: 'SUBMITTED', to: 'ACCEPTED', by: 'official' },
  { from: 'SUBMITTED', to: 'REJECTED', by: 'official' },
  { from: 'SUBMITTED', to: 'WITHDRAWN', by: 'asker' },
] as const satisfies readonly { readonly from: CorrectionState; readonly to: CorrectionState; readonly by: 'official' | 'asker' }[];

/** What is said: what is wrong, what it should be, with fields by name where that can be put so, and where it can be seen. */
export interface Claim {
  readonly wrong: string;
  readonly right: string;
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly evidence: string | null;
}

/** In characters as JSON and JavaScript count them. */
export const CLAIM_LIMITS = { text: 1_000, evidence: 300, values: 4_000 } as const;
/** Of one person, still to be decided. */
export const MOST_OPEN = 20;

/** A row that is said to be wrong. */
export interface RecordToCorrect {
  readonly personId: string;
  readonly about: CorrectionSubject;
  /** Null: the person's own. */
  readonly recordId: string | null;
  readonly sourceId: number | null;
  readonly institutionId: string | null;
  /** The place of the row; null: it belongs to none. */
  readonly code: string | null;
}

/** The main employment of today, or the last one. */
export interface MainJob {
  readonly institutionId: string;
  readonly code: string;
  readonly isCurrent: boolean;
}

export interface AnsweringPlace {
  readonly code: string;
  readonly institutionId: string | null;
}

/**
 * Who answers for a record: an employment belongs to its institution; anything else to the place of the main employment
 * where that lies in the place of the record (then the institution of today answers too), else to the place of the record.
 * Of whom no employment is known the nation answers.
 */
export function answeringPlace({ about, institutionId, code }: RecordToCorrect, job: MainJob | null): AnsweringPlace {
  if (about === 'EMPLOYMENT' && code !== null) return { code, institutionId };
  if (job && (code === null || chainOf(job.code).includes(code))) return { code: job.code, institutionId: job.isCurrent ? job.institutionId : null };
  return { code: code ?? NATION, institutionId: null };
}
