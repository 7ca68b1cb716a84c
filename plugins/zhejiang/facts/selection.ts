import { amount, boolean, choice, type FactSpec, field, integer, listOf, record, text } from '../../../src/plugin-kit.ts';

const places = (zh: string, en: string) => field(integer({ unit: 'place' }), text(zh, en));

/** Course selection by teachers. */
export const selectionFacts: readonly FactSpec[] = [
  {
    name: 'selectionRound',
    type: integer({ min: 1, max: 2 }),
    nullable: true,
    meaning: text('教师要参加第几轮选课:1或2;不填或为 null 表示不指明。单独询问某轮的规则时各就本轮作答;询问自主选课(courseSelection)时,所问时刻在某轮之内的按该轮判定,否则须指明。', 'The round in which the teacher wants to select: 1 or 2. Absent or null: not named. A rule asked by itself then answers for its own round; courseSelection takes the round in which the moment asked about lies, and asks for it where that is none.'),
    suppliedBy: 'caller',
    sensitivity: 'public',
    default: { value: null, because: text('未指明轮次:各轮规则各就本轮作答。', 'No round was named: each rule answers for its own round.') },
  },
  {
    name: 'directivePlan',
    type: choice({
      backbone: text('中职学校骨干教师培训', 'training of backbone teachers of vocational schools'),
      skill: text('中职学校教师专业教学能力和专业技能培训', 'training in vocational teaching and professional skills'),
    }),
    nullable: true,
    meaning: text('所选项目属于哪项省培指令性计划;null 表示都不是。', 'The provincial directive plan (指令性计划) to which the selected project belongs; null: none.'),
    suppliedBy: 'platform',
    sensitivity: 'public',
    default: { value: null, because: text('未说明时按不属于指令性计划处理。', 'Where nothing is said, the project is under no directive plan.') },
  },
  {
    name: 'firstRoundSelections',
    type: listOf(
      record({
        status: field(
          choice({
            submitted: text('已提交', 'submitted'),
            approved: text('审核通过', 'approved'),
            refused: text('未通过', 'refused'),
            withdrawn: text('后来退选', 'withdrawn later'),
          }),
          text('该次选课现在的状态', 'Where that selection stands now.'),
        ),
      }),
      200,
    ),
    meaning: text('教师在第一轮提交过的选课;没有则为空列表。', 'The selections that the teacher submitted in round 1; an empty list when none.'),
    suppliedBy: 'platform',
    sensitivity: 'personal',
  },
  {
    name: 'selection',
    type: record({
      credits: field(amount('credit', { perWhole: 100 }), text('所选培训的学分,如 "90"', 'Credits of the training selected, e.g. "90".')),
      plannedWithTeacher: field(boolean(), text('学校是否已与教师就该培训作出规划', 'Whether the school has planned this training with the teacher.')),
    }),
    meaning: text('所审核的选课:学分和规划,只影响给学校的提示。', 'The selection under review: its credits and whether it was planned; they change the remark for the school and no verdict.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'selectionSubmitted',
    type: boolean(),
    meaning: text('教师是否已提交选课。', 'Whether the teacher has submitted the selection.'),
    suppliedBy: 'teacher',
    sensitivity: 'personal',
    default: { value: true, because: text('所问的选课按教师已提交处理。', 'The selection asked about is taken to have been submitted.') },
  },
  {
    name: 'schoolReview',
    type: choice({ approved: text('同意', 'approved'), refused: text('不同意', 'refused') }),
    nullable: true,
    meaning: text('学校审核的结果;null 表示学校尚未审核。', 'The outcome of the school’s review; null: the school has not reviewed it yet.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'institutionCheck',
    type: choice({ passed: text('复核通过', 'passed'), failed: text('复核未通过', 'failed') }),
    nullable: true,
    meaning: text('培训机构复核的结果;null 表示机构尚未复核。', 'The outcome of the institution’s check; null: the institution has not checked it yet.'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
    default: { value: null, because: text('未报告机构复核,按尚未复核处理。', 'No check by the institution was reported: none was made.') },
  },
  {
    name: 'teacherGroup',
    type: choice({
      rural: text('农村教师', 'rural teacher'),
      privateKindergarten: text('民办幼儿园教师', 'teacher of a private kindergarten'),
      other: text('其他', 'other'),
    }),
    meaning: text('选课教师是否属于预留名额所面向的群体。', 'Whether the teacher belongs to one of the groups for which places are reserved.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'sessionPlaces',
    type: record({
      total: places('班期总名额,如 50', 'All places of the session, e.g. 50.'),
      reserved: places('其中预留给农村教师、民办幼儿园教师的名额,如 10', 'Of these reserved for rural teachers and teachers of private kindergartens, e.g. 10.'),
      takenByGroups: places('这两个群体的教师已占用的名额', 'Places already taken by teachers of these two groups.'),
      takenByOthers: places('其他教师已占用的名额', 'Places already taken by all others.'),
    }),
    nullable: true,
    meaning: text('预留了名额的班期的名额情况;null 表示该班期没有预留。', 'The places of a session that reserves some; null: it reserves none.'),
    suppliedBy: 'platform',
    sensitivity: 'public',
    default: { value: null, because: text('未给出名额情况,按没有预留处理。', 'No places were given: the session reserves none.') },
  },
];
