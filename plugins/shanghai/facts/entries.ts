import { amount, boolean, choice, dayType, type FieldSpec, type FactSpec, field, listOf, record, text, textType } from '../../../src/plugin-kit.ts';
import { ABILITIES, CATEGORIES, IT_COURSES, LEVELS, SUBCATEGORIES, TRAININGS } from '../ledgers/coordinates.ts';

const NO = text('否', 'no');
const mark = (zh: string, en: string): FieldSpec => field(boolean(), text(`${zh}缺省为否。`, `${en} Absent: no.`), false, NO);
/** Categories of any of the rules: which of them an entry can be in depends on the year. */
const ALL_CATEGORIES = { ...CATEGORIES, selfDirected: text('自主选修课程(2021年起单列一类)', 'self-directed courses (a category of its own from 2021 on)') };
const NONE_OF_IT = text('没有', 'none');

const fields: Readonly<Record<string, FieldSpec>> = {
  id: field(textType(100), text('记录的编号,用于在答复中指明该记录;不影响判定。', 'A name for the entry, by which answers point to it; decides nothing.')),
  course: field(textType(200), text('课程或项目名称;不影响判定。', 'Name of the course or programme; decides nothing.'), true),
  credits: field(
    amount('credit', { perWhole: 100 }),
    text('认定的学分,最小单位0.01,如 "1.5"。null或缺省:数额尚未确定。', 'Credits as recognised, in steps of 0.01, such as "1.5". null or absent: the amount is not settled.'),
    true,
  ),
  completedOn: field(dayType(), text('完成日期,决定归入哪个周期和年度。', 'Day of completion; it says which cycle and year the entry belongs to.')),
  level: field(choice(LEVELS), text('级别,必填;“none”或null表示无级别。', 'Level; has to be stated. "none" (or null) is a value.'), true),
  category: field(choice(ALL_CATEGORIES), text('课程类别,必填(学历进修、1.7的个性化研修除外);“none”或null表示无类别。2021年起标记为自主研修的即归“selfDirected”。', 'Category of the course; has to be stated (not for a degree, nor for the credits of 1.7). "none" (or null) is a value. From 2021 on what is marked as self-directed is in "selfDirected".'), true),
  subcategory: field(choice(SUBCATEGORIES), text('师德或素养;校级的师德与素养课程必填。', 'Professional ethics or literacy; has to be stated for school-level ethics and literacy.'), true),
  itCourse: field(choice(IT_COURSES), text('信息技术应用能力课程的种类;缺省为非信息技术课程。', 'Which course of the IT-ability programme. Absent: none.'), true, NONE_OF_IT),
  ability: field(choice(ABILITIES), text('所属的能力(2021年起的要求按此区分);缺省为不属于所列能力。', 'The ability that it serves (the requirements from 2021 on ask for it). Absent: none of these.'), true, NONE_OF_IT),
  training: field(choice(TRAININGS), text('专题培训的种类;缺省为非专题培训。', 'Which special training. Absent: none.'), true, NONE_OF_IT),
  selfDirected: mark('是否自主研修。', 'Whether it is self-directed training.'),
  fullTime: mark('是否脱产培训(校长培训用)。', "Whether it is full-time (principals' training)."),
  forSenior: mark(
    '是否计入高级教师在36学分之外的18学分(1.7);仅有自主研修标记的仍在36学分之内。',
    'Whether it is recognised for the 18 credits of senior teachers on top of the 36 (1.7); the self-directed mark alone leaves it in the 36.',
  ),
  leading: mark('是否带教指导、课程开发、课题研究等(计入1.7中的14学分)。', 'Whether it is mentoring, course development, research and the like (the 14 of 1.7).'),
  degree: field(
    record({
      certificate: field(boolean(), text('是否有毕业证书或学历证书。', 'Whether there is a certificate of graduation or degree.')),
      higherThanHeld: field(boolean(), text('是否高于原有学历。', 'Whether it is above the degree held before.')),
    }),
    text('学历进修:学分为凭证书认定的数额,level为认定的级别,不需类别。缺省或null:不是学历进修。', 'Study for a degree: the credits are those recognised for the certificate, the level is the one recognised (or "none"), no category is needed. Absent or null: no degree.'),
    true,
    text('不是学历进修', 'no degree'),
  ),
  origin: field(
    choice({ local: text('本区、本系统', 'this district and system'), elsewhere: text('跨区域、跨系统或个性化学习(含外省市)', 'another region or system (other provinces included), or learnt individually') }),
    text('在何处取得;缺省为本区、本系统。', 'Where it was earned. Absent: in this district and system.'),
    false,
    text('本区、本系统', 'this district and system'),
  ),
  districtDecision: field(
    textType(200),
    text('跨区域等学分:区的核定记录(文号或说明),学分为其核定的数额。缺省或null:尚未核定,该记录数额未定。', "For credits from elsewhere: the district's recorded decision (its number or a remark); the credits are its figure. Absent or null: not decided yet, and the amount is open."),
    true,
    text('尚未核定', 'not decided yet'),
  ),
  status: field(
    choice({
      declared: text('已申报', 'declared by the school'),
      reviewed: text('已审核', 'reviewed by the district'),
      recognised: text('已认定', 'recognised by the city'),
      refused: text('未通过', 'refused'),
      reversed: text('已冲销', 'reversed'),
    }),
    text('学分的状态,仅“已认定”计入;缺省为已认定。', 'Where the credit stands; only recognised ones count. Absent: recognised.'),
    false,
    text('已认定', 'recognised'),
  ),
};

/** The transcript: one declaration for the rules of both periods. */
export const entriesFact: FactSpec = {
  name: 'entries',
  type: listOf(record(fields), 1000),
  meaning: text(
    '教师的学分记录(中小学、幼儿园教师培训学分)。空列表表示没有任何学分;缺省表示未知。给出后按整个周期统一分配,由系统自动冲抵。',
    'The credit records of a teacher. An empty list says that there are none; absent is unknown. They are allocated as a whole, offsets included.',
  ),
  suppliedBy: 'platform',
  sensitivity: 'personal',
};
