import { type FactInput, type ProfileSpec, type Text, text } from '../../src/plugin-kit.ts';

/** The first cycle that lies wholly in force, and its last day. */
const CYCLE = { cycleStartOn: '2017-01-01' };
const ENDS = ['2021-12-31'];

const profile = (name: string, label: Text, facts: Readonly<Record<string, FactInput>>): ProfileSpec => ({ name, label, decision: 'creditCompletion', on: ENDS, facts: { ...CYCLE, ...facts } });

/** For whom the credit rules are proved. A new teacher and a new principal owe their own training beside the cycle. */
export const profiles: readonly ProfileSpec[] = [
  profile('fullTime', text('专任教师', 'a full-time teacher'), { roles: [] }),
  profile('newTeacher', text('新录用教师', 'a newly hired teacher'), { roles: [{ role: 'newTeacher' }] }),
  profile('newPrincipal', text('新任校长', 'a new principal'), { roles: [{ role: 'newPrincipal' }] }),
];
