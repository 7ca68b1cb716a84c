import { CORRECTION_ORDERS } from '../../persistence/repositories/corrections.ts';
import { CORRECTION_STATES, CORRECTION_STEPS, CORRECTION_SUBJECTS } from '../../workflows/correct-record.ts';
import type { CorrectionState, CorrectionSubject } from '../../workflows/correct-record.ts';
import { registerEnumType } from '../type-graphql.ts';

const STATES: Readonly<Record<CorrectionState, string>> = {
  SUBMITTED: 'Asked for, and still to be decided.',
  ACCEPTED: 'The register is to be corrected: `remedy` says how.',
  REJECTED: 'The register stays as it is; `reason` says why.',
  WITHDRAWN: 'Taken back by who asked for it.',
};

const SUBJECTS: Readonly<Record<CorrectionSubject, string>> = {
  CREDIT_ENTRY: 'An entry of the credit ledger.',
  EMPLOYMENT: 'An employment.',
  ROLE: 'A role that was held.',
  PROPERTY: 'A property of the person.',
  IDENTITY_NUMBER: 'An identity number.',
  PRIVATE_VALUE: 'A phone number, day of birth or sex.',
  PERSON: 'What is said of the person as such: the name.',
  MISSING: 'Something that is not in the register and should be.',
};

const described = <Name extends string>(names: readonly Name[], descriptions: Readonly<Record<Name, string>>) => Object.fromEntries(names.map((name) => [name, { description: descriptions[name] }]));
const enumOf = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]));

export const CorrectionStateEnum = enumOf(CORRECTION_STATES);
registerEnumType(CorrectionStateEnum, { name: 'CorrectionState', description: 'Where a correction stands. All but the first are ends.', valuesConfig: described(CORRECTION_STATES, STATES) });

export const CorrectionSubjectEnum = enumOf(CORRECTION_SUBJECTS);
registerEnumType(CorrectionSubjectEnum, { name: 'CorrectionSubject', description: 'What a correction is about.', valuesConfig: described(CORRECTION_SUBJECTS, SUBJECTS) });

/** What an official can bring a correction to. */
const DECISIONS = CORRECTION_STEPS.filter(({ by }) => by === 'official').map(({ to }) => to);
export type CorrectionDecision = 'ACCEPTED' | 'REJECTED';
export const CorrectionDecisionEnum = enumOf(DECISIONS);
registerEnumType(CorrectionDecisionEnum, { name: 'CorrectionDecision', description: 'What is decided about a correction.', valuesConfig: described(DECISIONS, STATES) });

export const CorrectionOrderEnum = enumOf(Object.keys(CORRECTION_ORDERS));
registerEnumType(CorrectionOrderEnum, { name: 'CorrectionOrder', description: 'The order of a list of corrections.', valuesConfig: { DUE_ON: { description: 'By the day until which they are to be decided, the earliest first.' }, DUE_ON_DESC: { description: 'By that day, the latest first.' } } });
