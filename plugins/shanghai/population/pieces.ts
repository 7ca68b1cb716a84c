import type { EntryFields } from '../../../src/plugin-kit.ts';

/** Credits of one kind: what an entry of them says, how large entries usually are (hundredths), and what courses they come from. */
export interface Piece {
  readonly fields: EntryFields;
  readonly size: number;
  readonly course?: string;
}

const ETHICS = { category: 'ethicsLiteracy' };
const KNOWLEDGE = { category: 'knowledgeSkills' };
const PRACTICE = { category: 'practice' };
const MUNICIPAL = { level: 'municipal' };
const DISTRICT = { level: 'district' };
const SCHOOL = { level: 'school' };
const SELF = { selfDirected: 'true' };

const piece = (size: number, course: string | undefined, ...fields: readonly EntryFields[]): Piece => ({ size, fields: Object.assign({}, ...fields) as EntryFields, ...(course !== undefined && { course }) });

/** Credits of 2016-2020. */
export const PIECES_2016 = {
  municipalEthics: piece(100, 'ethics', MUNICIPAL, ETHICS),
  municipalKnowledge: piece(200, 'knowledge', MUNICIPAL, KNOWLEDGE),
  municipalGeneral: piece(100, 'it', MUNICIPAL, KNOWLEDGE, { itCourse: 'general' }),
  nationalKnowledge: piece(300, 'national', { level: 'national' }, KNOWLEDGE),
  specialKnowledge: piece(300, 'special', { level: 'municipalSpecial' }, KNOWLEDGE),
  districtEthics: piece(200, 'ethics', DISTRICT, ETHICS),
  districtKnowledge: piece(300, 'knowledge', DISTRICT, KNOWLEDGE),
  districtProfessional: piece(300, 'it', DISTRICT, KNOWLEDGE, { itCourse: 'professional' }),
  districtSelf: piece(150, 'selfDirected', DISTRICT, KNOWLEDGE, SELF),
  districtPractice: piece(200, 'practice', DISTRICT, PRACTICE),
  schoolEthics: piece(400, 'school', SCHOOL, ETHICS, { subcategory: 'ethics' }),
  schoolLiteracy: piece(200, 'school', SCHOOL, ETHICS, { subcategory: 'literacy' }),
  schoolKnowledge: piece(300, 'school', SCHOOL, KNOWLEDGE),
  schoolPractice: piece(400, 'school', SCHOOL, PRACTICE),
  schoolApplied: piece(100, 'it', SCHOOL, PRACTICE, { itCourse: 'applied' }),
  schoolSelf: piece(100, 'selfDirected', SCHOOL, PRACTICE, SELF),
  degreeNoLevel: piece(600, undefined, { level: 'none', 'degree.certificate': 'true', 'degree.higherThanHeld': 'true' }),
  degreeUnproved: piece(400, undefined, { level: 'none', 'degree.certificate': 'false', 'degree.higherThanHeld': 'true' }),
  probation: piece(600, undefined, { level: 'none', category: 'none', training: 'probation' }),
  headTeacher: piece(150, 'headTeacher', DISTRICT, KNOWLEDGE, { training: 'headTeacher' }),
  trainer: piece(400, 'trainer', DISTRICT, KNOWLEDGE, { training: 'trainer' }),
  middleLeader: piece(300, 'leader', DISTRICT, KNOWLEDGE, { training: 'middleLeader' }),
  qualification: piece(1000, 'principal', MUNICIPAL, KNOWLEDGE, { training: 'qualification' }),
  principalFullTime: piece(900, 'principal', MUNICIPAL, KNOWLEDGE, { training: 'principal', fullTime: 'true' }),
  principalPartTime: piece(900, 'principal', DISTRICT, ETHICS, { training: 'principal' }),
  seniorLeading: piece(700, undefined, { forSenior: 'true', leading: 'true' }),
  seniorOther: piece(200, undefined, { forSenior: 'true' }),
  levelUnsaid: piece(300, undefined, KNOWLEDGE),
} as const satisfies Record<string, Piece>;

const ability = (name: string): EntryFields => ({ ability: name });

/** Credits of 2021-2025. */
export const PIECES_2021 = {
  municipalCounselling: piece(100, 'ethics', MUNICIPAL, ETHICS, ability('counselling')),
  municipalEthics: piece(100, 'ethics', MUNICIPAL, ETHICS),
  municipalSubject: piece(200, 'knowledge', MUNICIPAL, KNOWLEDGE, ability('subjectTeaching')),
  municipalAssessment: piece(100, 'knowledge', MUNICIPAL, KNOWLEDGE, ability('assessmentDesign')),
  municipalIt: piece(100, 'it', MUNICIPAL, KNOWLEDGE, ability('itGeneral')),
  municipalKnowledge: piece(200, 'knowledge', MUNICIPAL, KNOWLEDGE),
  municipalExperiment: piece(100, 'practice', MUNICIPAL, PRACTICE, ability('experimentTeaching')),
  districtCounselling: piece(100, 'ethics', DISTRICT, ETHICS, ability('counselling')),
  districtFamily: piece(100, 'ethics', DISTRICT, ETHICS, ability('familyGuidance')),
  districtSubject: piece(200, 'knowledge', DISTRICT, KNOWLEDGE, ability('subjectTeaching')),
  districtAssessment: piece(100, 'knowledge', DISTRICT, KNOWLEDGE, ability('assessmentDesign')),
  districtIt: piece(150, 'it', DISTRICT, KNOWLEDGE, ability('itProfessional')),
  districtKnowledge: piece(200, 'knowledge', DISTRICT, KNOWLEDGE),
  districtExperiment: piece(100, 'practice', DISTRICT, PRACTICE, ability('experimentTeaching')),
  districtCross: piece(100, 'practice', DISTRICT, PRACTICE, ability('crossSubjectTeaching')),
  schoolEthics: piece(200, 'school', SCHOOL, ETHICS, { subcategory: 'ethics' }),
  schoolFamily: piece(100, 'school', SCHOOL, ETHICS, { subcategory: 'literacy' }, ability('familyGuidance')),
  schoolLiteracy: piece(100, 'school', SCHOOL, ETHICS, { subcategory: 'literacy' }),
  schoolSubject: piece(200, 'school', SCHOOL, PRACTICE, ability('subjectTeaching')),
  schoolAssessment: piece(100, 'school', SCHOOL, PRACTICE, ability('assessmentDesign')),
  schoolCross: piece(100, 'school', SCHOOL, PRACTICE, ability('crossSubjectTeaching')),
  schoolIt: piece(250, 'it', SCHOOL, PRACTICE, ability('itApplied')),
  schoolPractice: piece(300, 'school', SCHOOL, PRACTICE),
  selfDirected: piece(200, 'selfDirected', { level: 'none', category: 'selfDirected' }),
  levelUnsaid: piece(200, undefined, KNOWLEDGE),
} as const satisfies Record<string, Piece>;

/** Of the years before 2016: under rules that no longer count, so that they stand outside every cycle asked about. */
export const EARLIER: Piece = piece(300, undefined, DISTRICT, KNOWLEDGE);

export type Name2016 = keyof typeof PIECES_2016;
export type Name2021 = keyof typeof PIECES_2021;
/** So many hundredths of each kind. */
export type Units<Name extends string> = Partial<Record<Name, number>>;
