import { amount, boolean, choice, dayType, type FactSpec, field, integer, listOf, record, text, textType } from '../../../src/plugin-kit.ts';
import { entriesFact } from './entries.ts';
import { figureFacts } from './figures.ts';
import { offsetFacts } from './offsets.ts';

const DISTRICT = text('教师所在区的教育行政部门', "the education authority of the teacher's district");
/** A row of a table that lacks what makes it one says nothing. */
const NO_ROW = text('该行不起作用', 'the row says nothing');
const NO_DAY = text('未给出日期,按全额学分要求', 'no day was given, so the full figures hold');

export const ROLES = {
  headTeacher: text('班主任', 'head teacher of a class'),
  trainer: text('教师培训者', 'teacher trainer'),
  middleLeader: text('中层干部', 'middle-level leader'),
  reserveCadre: text('青年后备干部', 'reserve cadre'),
  principalServing: text('在任校(园)长', 'serving principal'),
  principalNew: text('新任或拟任校(园)长', 'newly appointed or prospective principal'),
  novice: text('新任(见习)教师', 'novice teacher'),
  senior: text('高级教师', 'senior teacher'),
  collegeHead: text('区县教师进修院校(校)院长', 'head of a district teacher college'),
};

/** What is required in principle of each level. */
const LEVEL_ROWS = {
  'sh-2016-credit/1.1-municipal': text('市级', 'municipal level'),
  'sh-2016-credit/1.1-municipal-ethics': text('市级师德与素养', 'municipal ethics and literacy'),
  'sh-2016-credit/1.1-municipal-knowledge': text('市级知识与技能', 'municipal knowledge and skills'),
  'sh-2016-credit/1.1-district': text('区级', 'district level'),
  'sh-2016-credit/1.1-district-ethics': text('区级师德与素养', 'district ethics and literacy'),
  'sh-2016-credit/1.1-district-knowledge': text('区级知识与技能', 'district knowledge and skills'),
  'sh-2016-credit/1.1-school': text('校本研修', 'school-based training'),
  'sh-2016-credit/1.1-school-ethics': text('校本师德', 'school-based ethics'),
  'sh-2016-credit/1.1-school-literacy': text('校本素养', 'school-based literacy'),
  'sh-2016-credit/1.1-school-practice': text('校本实践体验', 'school-based practice'),
  'sh-2021-credit/1.1-municipal': text('市级(2021-2025)', 'municipal level (2021-2025)'),
};

export const creditFacts: readonly FactSpec[] = [
  entriesFact,
  ...figureFacts,
  {
    name: 'developmentSchool',
    type: choice({
      none: text('不是教师专业发展学校', 'no teacher development school'),
      municipal: text('上海市教师专业发展学校', 'a municipal teacher development school'),
      district: text('区级教师专业发展学校', "a district's teacher development school"),
    }),
    meaning: text('教师所在学校是否教师专业发展学校;只有市级的改变学分要求。', "Whether the teacher's school is a teacher development school; only a municipal one changes what is required."),
    suppliedBy: 'school',
    sensitivity: 'public',
  },
  {
    name: 'roles',
    type: listOf(
      record({
        role: field(choice(ROLES), text('岗位或身份。', 'The post or standing.')),
        from: field(dayType(), text('开始日期(含);缺省或null:一直担任。', 'First day; absent or null: always.'), true, text('一直担任', 'always')),
        to: field(dayType(), text('结束日期(含);缺省或null:仍在担任。', 'Last day, included; absent or null: still.'), true, text('仍在担任', 'still')),
      }),
      50,
    ),
    meaning: text('教师的岗位与身份;空列表表示没有。', 'Posts and standings of the teacher; an empty list says that there are none.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'enteredSystemOn',
    type: dayType(),
    nullable: true,
    meaning: text('进入教育系统的日期;2016年1月1日起进入的,学分要求按区的规定递减。', 'Day of entering the education system; who entered from 2016-01-01 on owes less, as the district sets.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
    default: { value: null, because: NO_DAY },
  },
  {
    name: 'seniorTitleOn',
    type: dayType(),
    nullable: true,
    meaning: text('评聘高级教师职称的日期;2016年1月1日起评聘的,自主研修学分按区的规定递减。', 'Day of becoming a senior teacher; who became one from 2016-01-01 on owes fewer self-directed credits, as the district sets.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
    default: { value: null, because: NO_DAY },
  },
  {
    name: 'districtTaper',
    type: listOf(
      record({
        kind: field(choice({ newTeacher: text('新进教师(代替36学分)', 'new teacher (in place of the 36)'), senior: text('新评高级教师(代替18学分)', 'new senior teacher (in place of the 18)') }), text('对象。', 'For whom.'), false, NO_ROW),
        year: field(integer({ min: 2016, max: 2020 }), text('进入系统或评聘的年份。', 'Year of entry or title.'), false, NO_ROW),
        credits: field(amount('credit'), text('须修学分,代替36或18。', 'Credits due in place of the 36 or the 18.'), false, NO_ROW),
        parts: field(
          listOf(
            record({
              rule: field(textType(100), text('条款编号,如 sh-2016-credit/1.1-municipal。', 'Rule, such as sh-2016-credit/1.1-municipal.'), false, NO_ROW),
              part: field(textType(50), text('该条款的组成部分,如 itGeneral、leading;缺省为该条款本身。', 'A part of that rule, such as itGeneral or leading; absent: the rule itself.'), true, text('该条款本身', 'the rule itself')),
              credits: field(amount('credit'), text('该部分的须修学分。', 'Credits due for it.'), false, NO_ROW),
            }),
            50,
          ),
          text('各组成部分的须修学分;未列的按同比例递减。', 'Credits due for the parts; those not listed fall in the same proportion.'),
          true,
          text('同比例递减', 'all fall in the same proportion'),
        ),
      }),
      50,
    ),
    meaning: text('区制定的递减表(1.11)。', "The district's table of reduced figures (1.11)."),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: DISTRICT },
  },
  {
    name: 'districtMinima',
    type: listOf(
      record({
        rule: field(textType(100), text('条款编号,如 sh-2016-credit/1.1-municipal。', 'Rule, such as sh-2016-credit/1.1-municipal.'), false, NO_ROW),
        param: field(textType(50), text('参数名;缺省为credits,1.3的区级为district。', 'Parameter; absent: credits. "district" for the district part of 1.3.'), true, text('credits', 'credits')),
        credits: field(amount('credit', { perWhole: 100 }), text('区定的最低学分,须在市定区间之内(含两端)。', 'The minimum that the district has set, inside the range of the rule, ends included.'), false, NO_ROW),
      }),
      50,
    ),
    meaning: text('区在市定区间内确定的最低学分;缺省为各区间的下限。', 'Minima that the district has set inside the ranges of the rules; absent: the lower ends.'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: DISTRICT, minima: true },
    default: { value: [], because: text('未公布区定下限,按市定区间的下限', 'no minimum of the district was published, so the lower ends hold'), quiet: true },
  },
  {
    name: 'levelExceptions',
    type: listOf(choice(LEVEL_ROWS), 20),
    meaning: text('已记录例外的“原则上”级别要求(条款编号);空列表表示没有例外。', 'Rules “in principle” on levels from which an exception is recorded for this teacher; an empty list says that there is none.'),
    suppliedBy: 'district',
    sensitivity: 'internal',
    default: { value: [], because: text('未给出例外记录,按没有处理', 'no exception was given, so none is recorded') },
  },
  {
    name: 'applyOffsets',
    type: boolean(),
    meaning: text('是否自动冲抵(第三部分);缺省为是。', 'Whether offsets (part 3) are applied; by default they are.'),
    suppliedBy: 'caller',
    sensitivity: 'public',
    default: { value: true, because: text('默认自动冲抵', 'offsets are applied by default'), quiet: true },
  },
  ...offsetFacts,
];
