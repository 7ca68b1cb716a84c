import { figureOf } from '../../../src/plugin-kit.ts';
import { credits2016 } from '../rules/credits-2016.ts';
import { credits2021 } from '../rules/credits-2021.ts';
import { roles2016 } from '../rules/roles-2016.ts';
import type { Name2016, Name2021, Units } from './pieces.ts';

const RULES_2016 = [...credits2016, ...roles2016];
/** Figures of the rules, in hundredths of a credit. */
export const due2016 = (slug: string, param = 'credits'): number => figureOf(RULES_2016, `sh-2016-credit/${slug}`, param, 100);
export const due2021 = (slug: string, param = 'credits'): number => figureOf(credits2021, `sh-2021-credit/${slug}`, param, 100);

const sum = (units: Readonly<Record<string, number | undefined>>): number => Object.values(units).reduce<number>((total, value) => total + (value ?? 0), 0);

/** Who meets every row of 2016-2020 with nothing to spare but in practice, where the total leaves no other choice. */
export function least2016(): Record<Name2016, number> {
  const levels: Units<Name2016> = {
    municipalEthics: due2016('1.1-municipal-ethics'),
    municipalGeneral: due2016('1.1-municipal-knowledge', 'itGeneral'),
    municipalKnowledge: due2016('1.1-municipal') - due2016('1.1-municipal-ethics') - due2016('1.1-municipal-knowledge', 'itGeneral'),
    districtEthics: due2016('1.1-district-ethics'),
    districtProfessional: due2016('1.1-district-knowledge', 'itProfessional'),
    districtSelf: due2016('1.3-self-directed', 'district'),
    districtKnowledge: due2016('1.1-district-knowledge') - due2016('1.1-district-knowledge', 'itProfessional') - due2016('1.3-self-directed', 'district'),
    schoolEthics: due2016('1.1-school-ethics'),
    schoolLiteracy: due2016('1.1-school-literacy'),
    schoolApplied: due2016('1.1-school-practice', 'itApplied'),
    schoolSelf: due2016('1.3-self-directed', 'school'),
    schoolPractice: due2016('1.1-school-practice') - due2016('1.1-school-practice', 'itApplied') - due2016('1.3-self-directed', 'school'),
  };
  const ethics = due2016('1.1-ethics-literacy') - due2016('1.1-municipal-ethics') - due2016('1.1-district-ethics') - due2016('1.1-school-ethics') - due2016('1.1-school-literacy');
  return whole2016({ ...levels, schoolEthics: due2016('1.1-school-ethics') + ethics, districtPractice: due2016('1.1-total') - sum(levels) - ethics });
}

/** The same in a municipal development school, where other rows take the place of most. */
export function leastDevelopment2016(): Record<Name2016, number> {
  const external: Units<Name2016> = { municipalEthics: 100, municipalGeneral: 100, districtEthics: 100, districtProfessional: due2016('1.2-external') - 300 };
  const school: Units<Name2016> = {
    schoolEthics: due2016('1.2-school-ethics'),
    schoolLiteracy: due2016('1.2-school-literacy'),
    schoolApplied: due2016('1.2-school-practice', 'itApplied'),
    schoolSelf: due2016('1.3-self-directed'),
    schoolPractice: due2016('1.2-school-practice') - due2016('1.2-school-practice', 'itApplied') - due2016('1.3-self-directed'),
  };
  return whole2016({ ...external, ...school, schoolKnowledge: due2016('1.1-total') - sum(external) - sum(school) });
}

/** Who meets every row of 2021-2025 with nothing to spare at all: the rows add up to the total. */
export function least2021(): Record<Name2021, number> {
  const at = (level: string, name: string): number => due2021(`1.1-${level}`, `abilities.${name}`);
  const rest = (level: string, whole: string, ...names: readonly string[]): number => due2021(`1.1-${level}`, whole) - names.reduce((total, name) => total + at(level, name), 0);
  return {
    municipalCounselling: at('municipal', 'counselling'),
    municipalEthics: rest('municipal', 'ethicsLiteracy', 'counselling'),
    municipalSubject: at('municipal', 'subjectTeaching'),
    municipalAssessment: at('municipal', 'assessmentDesign'),
    municipalIt: at('municipal', 'itGeneral'),
    municipalKnowledge: rest('municipal', 'knowledgeSkills', 'subjectTeaching', 'assessmentDesign', 'itGeneral'),
    municipalExperiment: at('municipal', 'experimentTeaching'),
    districtCounselling: at('district', 'counselling'),
    districtFamily: at('district', 'familyGuidance'),
    districtSubject: at('district', 'subjectTeaching'),
    districtAssessment: at('district', 'assessmentDesign'),
    districtIt: at('district', 'itProfessional'),
    districtKnowledge: rest('district', 'knowledgeSkills', 'subjectTeaching', 'assessmentDesign', 'itProfessional'),
    districtExperiment: at('district', 'experimentTeaching'),
    districtCross: at('district', 'crossSubjectTeaching'),
    schoolEthics: due2021('1.1-school', 'ethics'),
    schoolFamily: at('school', 'familyGuidance'),
    schoolLiteracy: rest('school', 'literacy', 'familyGuidance'),
    schoolSubject: at('school', 'subjectTeaching'),
    schoolAssessment: at('school', 'assessmentDesign'),
    schoolCross: at('school', 'crossSubjectTeaching'),
    schoolIt: at('school', 'itApplied'),
    schoolPractice: rest('school', 'practice', 'subjectTeaching', 'assessmentDesign', 'crossSubjectTeaching', 'itApplied'),
    selfDirected: due2021('1.1-self-directed'),
    levelUnsaid: 0,
  };
}

const NOTHING = {
  nationalKnowledge: 0,
  specialKnowledge: 0,
  schoolKnowledge: 0,
  districtPractice: 0,
  degreeNoLevel: 0,
  degreeUnproved: 0,
  probation: 0,
  headTeacher: 0,
  trainer: 0,
  middleLeader: 0,
  qualification: 0,
  principalFullTime: 0,
  principalPartTime: 0,
  seniorLeading: 0,
  seniorOther: 0,
  levelUnsaid: 0,
  districtSelf: 0,
  districtKnowledge: 0,
  municipalKnowledge: 0,
} satisfies Units<Name2016>;

const whole2016 = (units: Units<Name2016>): Record<Name2016, number> => ({ ...NOTHING, ...units }) as Record<Name2016, number>;
