import { allOf, type Amount, type Check, onlyFor, part, type RowCheck, row, type Text, text } from '../../../src/plugin-kit.ts';
import { newTeacherDue } from '../formulas/taper.ts';
import { isBound, OTHER_STAFF, seenByTeachers } from './conditions.ts';

/** Coordinates of cells and the values that a row takes of each. */
export type Where = Readonly<Record<string, readonly string[]>>;

export const id = (slug: string): string => `sh-2016-credit/${slug}`;
const WHOLE = text('学分', 'credits');

/** A row of the 36: reduced in proportion for new teachers, where the district says so. */
export const teacherRow = (rule: string, figure: string, where: Where, partName: string | null = null, required: Amount = { param: partName ?? 'credits' }): RowCheck =>
  row({ ledger: 'sh-2016', figure, sees: seenByTeachers(where), required, due: newTeacherDue(rule, partName) });

export const bound = (check: Check): Check => onlyFor(isBound, check, OTHER_STAFF);

/** A row with a required course in it; the figure of the whole is its own. */
export const withCourse = (rule: string, figure: string, where: Where, course: { part: string; label: Text; where: Where }): Check =>
  allOf({ credits: part(WHOLE, teacherRow(rule, figure, where)), [course.part]: part(course.label, teacherRow(rule, course.part, { ...where, ...course.where }, course.part)) }, 'credits');

export const GENERAL = { part: 'itGeneral', label: text('信息技术通识课程', 'general IT-ability course'), where: { itCourse: ['general'] } };
export const PROFESSIONAL = { part: 'itProfessional', label: text('信息技术专业课程', 'professional IT-ability course'), where: { itCourse: ['professional'] } };
export const APPLIED = { part: 'itApplied', label: text('信息技术实践应用课程', 'applied IT-ability course'), where: { itCourse: ['applied'] } };

export const MUNICIPAL: Where = { level: ['municipal'] };
export const DISTRICT: Where = { level: ['district'] };
export const SCHOOL: Where = { level: ['school'] };
export const ETHICS_LITERACY: Where = { category: ['ethicsLiteracy'] };
export const KNOWLEDGE: Where = { category: ['knowledgeSkills'] };
export const PRACTICE: Where = { category: ['practice'] };
export const ETHICS: Where = { ...SCHOOL, ...ETHICS_LITERACY, subcategory: ['ethics'] };
export const LITERACY: Where = { ...SCHOOL, ...ETHICS_LITERACY, subcategory: ['literacy'] };
