import { type CoordinateSpec, type Text, text } from '../../../src/plugin-kit.ts';

/** What a coordinate of a cell may be; also the options of the entry's field of the same name. */
export const LEVELS: Readonly<Record<string, Text>> = {
  national: text('国家级(教育部及其认可单位组织实施)', 'national: by the Ministry of Education or bodies that it recognises'),
  municipalSpecial: text('市级专项(市教师专业发展工程领导小组办公室组织或委托)', 'municipal special programme: run or commissioned by the municipal office'),
  municipal: text('市级共享课程', 'municipal level'),
  district: text('区级', 'district level'),
  school: text('校级(校本研修)', 'school level (school-based training)'),
  none: text('无级别', 'without a level'),
};
/** The same in a word or two, for sentences. */
export const LEVEL_NAMES: Readonly<Record<string, Text>> = {
  national: text('国家级', 'national'),
  municipalSpecial: text('市级专项', 'municipal special'),
  municipal: text('市级', 'municipal'),
  district: text('区级', 'district'),
  school: text('校级', 'school-based'),
  none: text('无级别', 'without a level'),
};
export const CATEGORIES: Readonly<Record<string, Text>> = {
  ethicsLiteracy: text('师德与素养', 'ethics and literacy'),
  knowledgeSkills: text('知识与技能', 'knowledge and skills'),
  practice: text('实践体验', 'practice'),
  none: text('无类别', 'without a category'),
};
export const SUBCATEGORIES: Readonly<Record<string, Text>> = {
  ethics: text('师德', 'professional ethics'),
  literacy: text('素养', 'literacy'),
  none: text('不区分', 'neither'),
};
export const IT_COURSES: Readonly<Record<string, Text>> = {
  general: text('信息技术通识课程', 'general IT-ability course'),
  professional: text('信息技术专业课程', 'professional IT-ability course'),
  applied: text('信息技术实践应用课程', 'applied IT-ability course'),
  none: text('非信息技术课程', 'no IT-ability course'),
};
export const TRAININGS: Readonly<Record<string, Text>> = {
  headTeacher: text('班主任专题培训', 'special training of head teachers'),
  trainer: text('教师培训者专题研修', 'special training of teacher trainers'),
  middleLeader: text('中层干部(含后备干部)岗位培训', 'post training of middle-level leaders and reserve cadres'),
  principal: text('在任校(园)长培训', 'training of serving principals'),
  qualification: text('校(园)长任职资格培训', 'qualification training of new or prospective principals'),
  probation: text('见习教师规范化培训', 'standardised probation training of novice teachers'),
  none: text('非专题培训', 'no special training'),
};
export const ABILITIES: Readonly<Record<string, Text>> = {
  counselling: text('生涯与心理辅导能力', 'guidance and counselling'),
  subjectTeaching: text('学科教学能力', 'subject teaching'),
  assessmentDesign: text('作业与命题设计能力', 'homework and test design'),
  itGeneral: text('信息技术通识', 'general IT ability'),
  experimentTeaching: text('实验教学能力', 'experiment teaching'),
  familyGuidance: text('家庭教育指导能力', 'family guidance'),
  itProfessional: text('信息技术专业', 'professional IT ability'),
  crossSubjectTeaching: text('跨学科教学能力', 'cross-subject teaching'),
  itApplied: text('信息技术应用', 'applied IT ability'),
  none: text('不属于所列能力', 'none of these'),
};

export const coordinate = (zh: string, en: string, values: Readonly<Record<string, Text>>): CoordinateSpec => ({ label: text(zh, en), values, none: 'none' });
const mark = (zh: string, en: string): CoordinateSpec => ({ label: text(zh, en), values: { yes: text('是', 'yes'), no: text('否', 'no') }, none: 'no' });

export const levelCoordinate = coordinate('级别', 'level', LEVELS);
export const categoryCoordinate = coordinate('类别', 'category', CATEGORIES);
export const subcategoryCoordinate = coordinate('子类', 'subcategory', SUBCATEGORIES);
export const selfDirectedCoordinate = mark('自主研修', 'self-directed');
export const fullTimeCoordinate = mark('脱产', 'full-time');
export const leadingCoordinate = mark('带教指导、课程开发、课题研究等', 'mentoring, course development, research and the like');
