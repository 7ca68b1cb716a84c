import { type FactInput, type ProfileSpec, type Text, text } from '../../src/plugin-kit.ts';
import { ROLES } from './facts/credits.ts';

type Facts = Readonly<Record<string, FactInput>>;

const ENDS_2020 = ['2020-12-31'];
/** The last days of both cycles. */
const ENDS = [...ENDS_2020, '2025-12-31'];

const profile = (name: string, label: Text, facts: Facts, on: readonly string[] = ENDS): ProfileSpec => ({ name, label, decision: 'creditCompletion', on, facts: { developmentSchool: 'none', roles: [], ...facts } });

/** A figure that a district could set under 1.11 for whom it names. */
const table = (kind: 'newTeacher' | 'senior', credits: string): FactInput => ({ kind, year: 2018, credits });
const ENTERED = { enteredSystemOn: '2018-09-01' };
const PROMOTED = { seniorTitleOn: '2018-03-01' };

/** For whom the rules of 2016 and 2021 are proved: an ordinary teacher, each school and role that changes what is due. */
export const profiles: readonly ProfileSpec[] = [
  profile('ordinary', text('普通教师', 'an ordinary teacher'), {}),
  profile('developmentSchool', text('上海市教师专业发展学校的教师', 'a teacher of a municipal development school'), { developmentSchool: 'municipal' }),
  ...Object.entries(ROLES).map(([role, label]) => profile(role, label, { roles: [{ role }] })),
  profile('newTeacher2018', text('2018年进入教育系统(区定24学分)', 'entered the system in 2018, the district asks for 24'), { ...ENTERED, districtTaper: [table('newTeacher', '24')] }, ENDS_2020),
  profile('senior2018', text('2018年评聘高级教师(区定12学分)', 'senior teacher since 2018, the district asks for 12'), { ...PROMOTED, districtTaper: [table('senior', '12')] }, ENDS_2020),
  profile('both2018', text('2018年进入并评聘高级教师(区定24与12学分)', 'entered and became a senior teacher in 2018, the district asks for 24 and 12'), { ...ENTERED, ...PROMOTED, districtTaper: [table('newTeacher', '24'), table('senior', '12')] }, ENDS_2020),
];
