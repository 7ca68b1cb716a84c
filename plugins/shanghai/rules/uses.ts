import { allOf, type Check, eligibility, holds, is, onlyFor, part, report, ruleOf, type RuleSpec, text, type Text } from '../../../src/plugin-kit.ts';
import { hasRole, isBound, onlyRole, OTHER_STAFF } from './conditions.ts';

const clause = (name: string) => ({ document: 'sh-2016-credit', clause: name });
const NATIONAL = ['cn-2011-1/prerequisite'];
/** Uses of the national rule for which those of 4.2 and 4.4 take its place. */
const POST_USES = ['appraisal', 'appointment'];

/** The rows of part 1, each binding whom it names. 1.11 changes the figures due in them and has none of its own. */
const DUE: Readonly<Record<string, Text>> = {
  '1.1-total': text('总学分', 'total'),
  '1.1-ethics-literacy': text('师德与素养', 'ethics and literacy'),
  '1.1-knowledge-skills': text('知识与技能', 'knowledge and skills'),
  '1.1-practice': text('实践体验', 'practice'),
  '1.1-municipal': text('市级', 'municipal'),
  '1.1-municipal-ethics': text('市级师德与素养', 'municipal ethics and literacy'),
  '1.1-municipal-knowledge': text('市级知识与技能', 'municipal knowledge and skills'),
  '1.1-district': text('区级', 'district'),
  '1.1-district-ethics': text('区级师德与素养', 'district ethics and literacy'),
  '1.1-district-knowledge': text('区级知识与技能', 'district knowledge and skills'),
  '1.1-school': text('校本研修', 'school-based'),
  '1.1-school-ethics': text('校本师德', 'school-based ethics'),
  '1.1-school-literacy': text('校本素养', 'school-based literacy'),
  '1.1-school-practice': text('校本实践体验', 'school-based practice'),
  '1.2-external': text('发展学校市级与区级', 'development school: municipal plus district'),
  '1.2-school': text('发展学校校本研修', 'development school: school-based'),
  '1.2-school-ethics': text('发展学校校本师德', 'development school: ethics'),
  '1.2-school-literacy': text('发展学校校本素养', 'development school: literacy'),
  '1.2-school-practice': text('发展学校校本实践体验', 'development school: practice'),
  '1.3-self-directed': text('自主研修', 'self-directed'),
  '1.4-novice': text('见习教师', 'novice teacher'),
  '1.5-head-teacher': text('班主任', 'head teacher'),
  '1.6-trainer': text('教师培训者', 'teacher trainer'),
  '1.7-senior': text('高级教师', 'senior teacher'),
  '1.8-principal-new': text('新任或拟任校(园)长', 'new or prospective principal'),
  '1.8-principal-serving': text('在任校(园)长', 'serving principal'),
  '1.9-middle-leader': text('中层干部', 'middle-level leader'),
  '1.10-college-head': text('进修院校(校)院长', 'head of a district teacher college'),
};
const rowsOf = (slugs: readonly string[]) => Object.fromEntries(slugs.map((slug) => [slug, part(DUE[slug] ?? text(slug, slug), ruleOf(`sh-2016-credit/${slug}`))]));

/** One row short is enough; the total gives the figures of the whole. */
const creditsDue: Check = onlyFor(isBound, allOf(rowsOf(Object.keys(DUE)), '1.1-total'), OTHER_STAFF);

export const useRules: readonly RuleSpec[] = [
  eligibility({
    id: 'sh-2016-credit/4.1-registration',
    source: clause('四.1'),
    topic: 'credit/use/registration',
    takesPlaceOf: NATIONAL,
    takesPlaceFor: is('use', ['registration']),
    lawOf: { period: 'registrationPeriod' },
    summary: text('注册有效期内须完成规定的培训学分,方能定期注册合格。', 'Periodic registration requires the credits due in the registration period.'),
    reading: {
      name: 'law-of-the-last-day',
      text: text('注册有效期是事实,适用其最后一日的规定;应修的是该期间第一部分的各项,一项不足即不合格;注册的其他条件不在此文件之内。', 'The period is a fact, its law that of its last day; what is due are the rows of part 1 for that period, and one row short is enough. Other conditions of registration are outside the text.'),
    },
    check: creditsDue,
  }),
  eligibility({
    id: 'sh-2016-credit/4.2-title',
    source: clause('四.2'),
    topic: 'credit/use/title',
    takesPlaceOf: NATIONAL,
    takesPlaceFor: is('use', POST_USES),
    lawOf: { period: 'creditPeriod' },
    summary: text('培训学分是职务(职称)评聘、绩效考核、评优评先的必备条件。', 'Credits are a prerequisite for title evaluation and appointment, performance appraisal and awards.'),
    reading: {
      name: 'as-for-registration',
      text: text('应修学分与第四部分第1条相同,按所问期间(事实)计,各项用途一样;其他条件不在此文件之内。', 'What is due is as in 4.1, for the period asked about (a fact) and for each of the uses; other conditions are outside the text.'),
    },
    check: creditsDue,
  }),
  report({
    id: 'sh-2016-credit/4.3-school',
    source: clause('四.3'),
    topic: 'credit/use/school-evaluation',
    summary: text('教师培训学分管理纳入学校办学水平评估和校长考评。', 'Credit management counts in the evaluation of schools and principals.'),
  }),
  eligibility({
    id: 'sh-2016-credit/4.4-principal',
    source: clause('四.4'),
    topic: 'credit/use/principal',
    takesPlaceOf: NATIONAL,
    takesPlaceFor: onlyFor(hasRole('principalServing', 'principalNew'), is('use', POST_USES)),
    summary: text('校(园)长的培训学分和培训考核是其考核、任用、晋级的必备条件。', "Principals' credits and training appraisal are a prerequisite for their appraisal, appointment and promotion."),
    reading: { name: 'both-needed', text: text('第一部分第8条的学分和培训考核缺一不可。', 'Both are needed: the credits of 1.8 and the appraisal.') },
    check: onlyFor(
      isBound,
      onlyFor(
        hasRole('principalServing', 'principalNew'),
        allOf({
          ...rowsOf(['1.8-principal-new', '1.8-principal-serving']),
          appraisal: part(text('培训考核合格', 'training appraisal passed'), holds('trainingAppraisalPassed', { help: text('须通过培训考核。', 'The training appraisal has to be passed.') })),
        }),
        onlyRole('校(园)长', 'principals'),
      ),
      OTHER_STAFF,
    ),
  }),
];
