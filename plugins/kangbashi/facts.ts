import { amount, boolean, choice, dayType, type FactSpec, field, integer, listOf, record, text, textType } from '../../src/plugin-kit.ts';

const BUREAU = text('康巴什区教育体育局', 'Kangbashi District Education and Sports Bureau');

const STAFF: FactSpec = {
  name: 'staffKind',
  type: choice({
    school: text('中小学教师', 'primary or secondary school teacher'),
    kindergarten: text('幼儿园教师', 'kindergarten teacher'),
    vocational: text('中等职业学校教师', 'secondary vocational school teacher'),
    offCampus: text('校外培训机构从业人员', 'staff of an off-campus training institution'),
    youthPalace: text('少年宫教师', 'youth-palace teacher'),
    other: text('其他', 'other'),
  }),
  meaning: text('教师所属类别。此处不作默认:学时规定只约束校外培训机构和少年宫教师。', 'What kind of teacher this is. Nothing is assumed here: the yearly hours bind off-campus and youth-palace teachers only.'),
  suppliedBy: 'caller',
  sensitivity: 'internal',
};

const TRAINING: readonly FactSpec[] = [
  {
    name: 'trainingEntries',
    type: listOf(
      record({
        id: field(textType(100), text('记录编号,在回答中用来指明该条', 'Names the entry in the answer, e.g. "h-1".')),
        hours: field(amount('classHour', { perWhole: 100 }), text('学时数,精确到0.01,如 "40"', 'Class hours, to 0.01, e.g. "40".')),
        completedOn: field(dayType(), text('完成日期,如 "2023-06-30"', 'Day of completion, e.g. "2023-06-30".')),
        kind: field(
          choice({ political: text('政治学习', 'political study'), professional: text('业务培训', 'professional training') }),
          text('政治学习或业务培训;两类合计,未规定各占多少,可不填。其他学习不应列入。', 'Political study or professional training. Both count alike and no split is stated, so it may be left out; other learning does not belong here.'),
        ),
      }),
    ),
    meaning: text('教师完成的政治学习与业务培训逐条记录;没有则为空列表。', 'Every political study and professional training that the teacher completed; an empty list when there was none.'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
    insteadOf: ['trainingHoursByYear'],
  },
  {
    name: 'trainingHoursByYear',
    type: listOf(
      record({
        year: field(integer({ min: 2022, max: 2099 }), text('公历年,如 2023', 'Calendar year, e.g. 2023.')),
        amount: field(amount('classHour', { perWhole: 100 }), text('该年完成的学时合计,如 "200"', 'Class hours completed in that year, e.g. "200".')),
      }),
    ),
    meaning: text('各公历年的学时合计,代替逐条记录。', 'The sum of class hours of each calendar year, in place of the single entries.'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
  },
  {
    name: 'employments',
    type: listOf(
      record({
        from: field(dayType(), text('任职首日;不填或为空表示一直如此', 'First day of employment; absent or null: since ever.'), true, text('一直如此', 'since ever')),
        to: field(dayType(), text('任职末日;不填或为空表示至今', 'Last day of employment; absent or null: until now.'), true, text('至今', 'until now')),
      }),
      50,
    ),
    meaning: text('在校外培训机构或少年宫任教的起止日期;未全年在职的年份不检验。', 'The days on which the teacher was employed at an off-campus institution or youth palace; a year not served in full is not tested.'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
    default: { value: [{}], because: text('未给出任职日期,视为一直在职。', 'No days of employment were given: employed throughout.') },
  },
  {
    name: 'institutionTraining',
    type: record({
      political: field(boolean(), text('是否定期组织政治学习', 'Whether it regularly organises political study.')),
      professional: field(boolean(), text('是否定期组织业务培训', 'Whether it regularly organises professional training.')),
    }),
    meaning: text('询问机构(少年宫或校外培训机构)的组织培训义务时给出;给出时不检验教师学时。', 'Give it to ask about the duty of an institution (youth palace or off-campus institution) to organise training; a teacher’s hours are then not tested.'),
    nullable: true,
    suppliedBy: 'institution',
    sensitivity: 'internal',
    default: { value: null, because: text('未给出机构组织培训的情况,视为询问教师学时。', 'Nothing was said about an institution: the question is taken to be about a teacher’s hours.') },
  },
];

const SELECTION: readonly FactSpec[] = [
  {
    name: 'institutionKind',
    type: choice({
      nonAcademic: text('校外非学科类培训机构', 'off-campus institution for non-academic subjects'),
      academic: text('校外学科类培训机构', 'off-campus institution for academic subjects'),
      youthPalace: text('少年宫', 'youth palace'),
      school: text('学校', 'school'),
      other: text('其他', 'other'),
    }),
    meaning: text('所问机构(或申请人所在机构)的类别。', 'The kind of the institution asked about, or at which the applicant works.'),
    suppliedBy: 'institution',
    sensitivity: 'public',
  },
  {
    name: 'selectionSteps',
    type: listOf(
      record({
        step: field(
          choice({
            个人申请: text('个人申请', 'personal application'),
            机构推荐: text('机构推荐', 'recommendation by the institution'),
            主管部门资格审查: text('主管部门资格审查', 'qualification check by the department'),
            专家评审: text('专家评审', 'expert review'),
            名师工作领导小组复核: text('名师工作领导小组复核', 're-check by the leading group'),
          }),
          text('评选步骤名称', 'The step of the selection by its Chinese name.'),
        ),
        result: field(choice({ passed: text('通过', 'passed'), failed: text('未通过', 'failed') }), text('该步骤的结果', 'The outcome of the step.')),
      }),
      20,
    ),
    meaning: text('已完成的评选步骤,按办理先后排列;尚未开始则为空列表。', 'The steps of the selection that were taken, in the order in which they were taken; an empty list when none was.'),
    suppliedBy: 'district',
    sensitivity: 'personal',
  },
];

const condition = (zh: string, en: string) =>
  field(
    record({
      met: field(boolean(), text('是否符合', 'Whether the condition is met.')),
      remark: field(textType(), text('认定意见,必填:没有意见的认定不完整', 'The remark on which this was judged; required: a judgement without one is incomplete.'), true),
    }),
    text(zh, en),
  );

const STUDIO: readonly FactSpec[] = [
  {
    name: 'studio',
    type: record({
      teachingTime: condition('名师教学时间充足', 'The master has enough teaching time.'),
      management: condition('机构管理运行规范', 'The institution is managed in an orderly way.'),
      fees: condition('教育服务收费合理', 'Fees are reasonable.'),
      fundSupervision: condition('资金收费监管严格', 'Funds and fees are strictly supervised.'),
      institutionNature: condition('机构性质符合要求', 'The institution is of a suitable kind.'),
    }),
    meaning: text('申请设立名师工作室的五项准入条件及各项认定意见。', 'The five conditions for a master-teacher studio, each as it was judged and with its remark.'),
    suppliedBy: 'district',
    sensitivity: 'internal',
  },
  {
    name: 'institutionHasMaster',
    type: boolean(),
    meaning: text('机构是否有入选白名单的校外名师(优先审批,只影响排队先后)。', 'Whether a master of the whitelist works at the institution: it is then approved first, which changes its place in the queue and nothing else.'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
    default: { value: false, because: text('未说明机构有校外名师,不作优先。', 'Nothing was said about a master at the institution: no priority.') },
  },
];

const HIRING: readonly FactSpec[] = [
  {
    name: 'master',
    type: record({
      onWhitelist: field(boolean(), text('是否在白名单上', 'Whether the master is on the whitelist.')),
      starLevel: field(integer({ unit: 'star', max: 100 }), text('入库星级,必填,如 4;没有星级填 0', 'The star level with which the master is in the pool; required, e.g. 4; 0 for none.'), true),
    }),
    meaning: text('拟聘用的校外名师。', 'The off-campus master whom a school wants to hire.'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'exitDecidedOn',
    type: dayType(),
    nullable: true,
    meaning: text('决定机构(或名师所在机构)退出的日期;null 表示没有退出决定。', 'The day on which the exit of the institution, or of the master’s institution, was decided; null when it was not.'),
    suppliedBy: 'district',
    sensitivity: 'public',
    default: { value: null, because: text('未报告退出决定,视为没有。', 'No decision of exit was reported: there is none.') },
  },
];

const actor = choice({ school: text('学校', 'school'), student: text('学生', 'student'), parent: text('家长', 'parent'), other: text('其他', 'someone else') });
const act = (name: string, zh: string, en: string): FactSpec => ({
  name,
  type: actor,
  nullable: true,
  meaning: text(zh, en),
  suppliedBy: 'platform',
  sensitivity: 'internal',
  default: { value: null, because: text('未报告该行为,视为尚未发生。', 'No such act was reported: it was not done.') },
});

const COURSES: readonly FactSpec[] = [
  {
    name: 'course',
    type: record({
      subject: field(textType(), text('教授科目,如 "舞蹈"', 'Subject taught, e.g. "舞蹈" (dance).'), true),
      freeTime: field(textType(), text('空闲时间,如 "周三16:00-17:30"', 'Free time of the master, e.g. "周三16:00-17:30".'), true),
      masterName: field(textType(), text('名师姓名', 'Name of the master.'), true),
    }),
    meaning: text('名师课程在选课系统中的登记。', 'A master’s course as entered in the selection system.'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  act('masterInvitedBy', '由谁邀请名师;null 表示尚未邀请。', 'Who invited the master; null when nobody has yet.'),
  act('courseChosenBy', '由谁选择课程;null 表示尚未选择。', 'Who chose the course; null when nobody has yet.'),
  act('masterRatedBy', '由谁评价名师;null 表示尚未评价。', 'Who rated the master; null when nobody has yet.'),
];

const points = (zh: string, en: string) => field(amount('point'), text(`${zh}得分,如 "85"`, `Points for ${en}, e.g. "85".`), true);
const weight = (zh: string, en: string) => field(amount('weight'), text(`${zh}的权重,如 "0.2" 或 "20"`, `Weight of ${en}, e.g. "0.2" or "20".`));

const RATING: readonly FactSpec[] = [
  {
    name: 'rating',
    type: record({
      management: points('机构管理', 'management'),
      teachingEffect: points('教学效果', 'teaching effect'),
      routineWork: points('常规工作', 'routine work'),
      publicRating: points('公众评价', 'public rating'),
      publicBenefit: points('公益指数', 'the public-benefit index'),
      departmentAssessedOn: field(dayType(), text('主管部门考核完成日;null 表示未考核', 'Day on which the department finished its assessment; null when it made none.'), true),
      parentsAssessedOn: field(dayType(), text('家长线上评价完成日;null 表示没有', 'Day on which the parents’ online assessment was closed; null when there was none.'), true),
      publishedOn: field(dayType(), text('评价结果公示日;null 表示未公示', 'Day on which the result was published; null when it was not.'), true),
    }),
    meaning: text('一次机构星级评价:五个方面的得分、两种评价方式、公示日期。', 'One star rating of an institution: points for five aspects, both ways of assessing, the day of publication.'),
    suppliedBy: 'district',
    sensitivity: 'public',
  },
  {
    name: 'starMethod',
    type: record({
      numberOfStars: field(integer({ unit: 'star', min: 1, max: 100 }), text('最高星数,如 5', 'The highest number of stars, e.g. 5.')),
      weights: field(
        record({
          management: weight('机构管理', 'management'),
          teachingEffect: weight('教学效果', 'teaching effect'),
          routineWork: weight('常规工作', 'routine work'),
          publicRating: weight('公众评价', 'public rating'),
          publicBenefit: weight('公益指数', 'the public-benefit index'),
        }),
        text('五个方面的权重;总分为加权平均', 'Weights of the five aspects; the score is the weighted mean.'),
      ),
      thresholds: field(
        listOf(
          record({
            stars: field(integer({ unit: 'star', min: 1, max: 100 }), text('星数', 'Number of stars.')),
            score: field(amount('point'), text('达到该星数的最低总分', 'Least score for it.')),
          }),
          100,
        ),
        text('每个星数的最低总分', 'The least score for each number of stars.'),
      ),
    }),
    meaning: text('主管部门公布的星级办法:权重、星数、分数线。', 'The published method of rating: weights, number of stars, thresholds.'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: BUREAU },
  },
  {
    name: 'exitThreshold',
    type: integer({ unit: 'star', max: 100 }),
    meaning: text('主管部门公布的退出线:机构至少应有的星数,低于它的退出。', 'The published threshold of exit: the least number of stars; an institution with fewer has to leave.'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: BUREAU },
  },
  {
    name: 'institutionStars',
    type: integer({ unit: 'star', max: 100 }),
    meaning: text('机构最近一次有效星级评价的星数,如 2;没有星级为 0。', 'The stars of the institution in its latest valid rating, e.g. 2; 0 when it got none.'),
    suppliedBy: 'district',
    sensitivity: 'public',
  },
];

const NONE = text('无', 'none');
const RECORDS: readonly FactSpec[] = [
  {
    name: 'institution',
    type: record({
      studio: field(choice({ none: NONE, studio: text('名师工作室', 'master-teacher studio') }), text('名师工作室身份;没有填 none', 'Whether it is a master-teacher studio; "none" when it is not.')),
      starLevel: field(textType(50), text('星级状态,如 "4";没有填 none', 'Star level, e.g. "4"; "none" when it has none.')),
      rectification: field(
        choice({ none: NONE, underway: text('整改中', 'under way'), completed: text('整改完成', 'completed') }),
        text('整改状态;没有填 none', 'State of rectification; "none" when there is none.'),
      ),
      listing: field(choice({ none: NONE, white: text('白名单', 'whitelist'), black: text('黑名单', 'blacklist') }), text('黑白名单;都不在填 none', 'Whitelist or blacklist; "none" when on neither.')),
    }),
    meaning: text('平台上的机构档案:四类身份,没有的须写明 none。', 'The institution’s record on the platform with its four identities; what there is not has to be stated as "none".'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'jointTeam',
    type: record({
      groups: field(
        listOf(choice({ studio: text('校外工作室教师', 'studio teachers'), youthPalace: text('少年宫教师', 'youth-palace teachers'), school: text('校内教师', 'school teachers') }), 3),
        text('参加的教师群体', 'The groups of teachers that take part.'),
      ),
      ledByMaster: field(boolean(), text('是否由名师带领', 'Whether a master leads the team.')),
    }),
    meaning: text('一个专业的联合教研团队。', 'The joint research team of one field.'),
    suppliedBy: 'district',
    sensitivity: 'internal',
  },
];

export const facts: readonly FactSpec[] = [STAFF, ...TRAINING, ...SELECTION, ...STUDIO, ...HIRING, ...COURSES, ...RATING, ...RECORDS];
