import { amount, boolean, choice, dayType, type FactSpec, field, integer, listOf, money, record, text, textType } from '../../../src/plugin-kit.ts';

const fen = (zh: string, en: string) => field(money(), text(`${zh},以分计,如 150000(1500元);0须明确写出`, `${en}, in fen, e.g. 150000 for 1,500 yuan; zero has to be written.`));
const NOT_STATED = text('没有写明', 'not stated');
const stated = (zh: string, en: string) => field(textType(2000), text(zh, en), true, NOT_STATED);

export const SCOPES = { provinceWide: text('面向全省', 'province-wide (open to the whole province)'), local: text('市、县(市、区)自办', 'local: of a city or county') };

const status = field(
  choice({
    submitted: text('已申报', 'submitted'),
    approved: text('审核通过', 'approved'),
    published: text('已公布', 'published'),
    rejected: text('审核未通过', 'rejected'),
    withdrawn: text('已撤回', 'withdrawn'),
  }),
  text('现在的状态;未通过和已撤回的不计', 'Where it stands now; rejected and withdrawn ones do not count.'),
);

const PROJECT: FactSpec = {
  name: 'project',
  type: record({
    title: field(textType(200), text('项目名称;不影响判定', 'The name of the project; decides nothing.')),
    scope: field(choice(SCOPES), text('面向全省(省级)还是市县自办', 'Province-wide (provincial), or of a city or county.')),
    delivery: field(
      choice({
        faceToFace: text('全部面授', 'face to face throughout'),
        blended: text('混合式(线上线下结合)', 'blended: partly online'),
        online: text('全部线上', 'wholly online'),
      }),
      text('培训方式', 'How it is delivered.'),
    ),
    credits: field(amount('credit', { perWhole: 100 }), text('总学分(按学分制管理办法折算后),如 "90"', 'Total credits, as converted by the credit rules, e.g. "90".')),
    onlineCredits: field(amount('credit', { perWhole: 100 }), text('其中线上学分(折算后),如 "22.5"', 'Of these the online credits, as converted, e.g. "22.5".')),
    creditsConverted: field(boolean(), text('上述学分是否已按学分制管理办法折算;null 表示尚未折算', 'Whether these credits were converted by the credit rules; null: not converted yet.'), true),
    justification: field(
      record({
        resources: stated('优秀资源支撑的说明', 'What the excellent resources are.'),
        management: stated('培训管理到位的说明', 'How the training is managed.'),
        model: stated('模式新颖的说明', 'What is new about the model.'),
        effect: stated('效果良好的说明', 'What it achieves.'),
      }),
      text('采用混合式培训的理由,四个方面都要写明;null 或不填表示没有写', 'Why it is blended; all four have to be stated. Null or absent: nothing was stated.'),
      true,
      NOT_STATED,
    ),
    fees: field(
      record({
        totalFen: fen('总收费标准', 'The total fee'),
        trainingFen: fen('培训费', 'The training fee'),
        lodgingFen: fen('住宿费', 'Lodging'),
        mealSubsidyFen: fen('伙食补贴', 'The meal subsidy'),
        others: field(
          listOf(record({ name: field(textType(100), text('收费项目名称,如 "资料费"', 'What it is for, e.g. "资料费" (materials).')), fen: fen('金额', 'The amount') }), 50),
          text('方案写明的其他收费项目;没有可不填', 'Further parts that the plan states; absent or empty when there are none.'),
          false,
          text('没有其他收费项目', 'no further part'),
        ),
      }),
      text('培训方案写明的收费标准(每名学员)', 'The fee per trainee and its parts, as the plan states them.'),
    ),
    experts: field(
      listOf(
        record({
          name: stated('姓名', 'Name.'),
          unit: stated('单位', 'The unit where the expert works.'),
          title: stated('职称或职务,如 "教授"', 'Professional title or post, e.g. "教授" (professor).'),
          specialty: stated('专业或研究方向', 'Specialty.'),
          contact: stated('联系方式', 'How to reach the expert.'),
        }),
        500,
      ),
      text('授课专家及其基本信息,五项均须填写', 'The experts who will teach; all five fields of each are required.'),
    ),
  }),
  meaning: text('所申报的培训项目。', 'The training project that is submitted.'),
  suppliedBy: 'institution',
  sensitivity: 'internal',
};

const LEAD: readonly FactSpec[] = [
  {
    name: 'lead',
    type: record({
      regularEmployee: field(boolean(), text('是否为申报单位正式员工', 'Whether the lead is a regular employee of the submitting body.')),
      title: field(
        choice({
          senior: text('正高级', 'senior title'),
          viceSenior: text('副高级', 'vice-senior title'),
          intermediate: text('中级', 'intermediate title'),
          junior: text('初级', 'junior title'),
          none: text('无职称', 'no title'),
        }),
        text('职称等级', 'Level of the professional title.'),
      ),
      sessionsInRound: field(
        integer({ unit: 'session' }),
        text('本轮已申报的班期数(不论单位和面向范围;已撤回、未通过的不算;不含本次),如 3', 'Sessions (班期) that this lead has already submitted in this round, whatever the institution and scope, without this submission and without those withdrawn or rejected, e.g. 3.'),
      ),
      sessions: field(
        listOf(record({ status }), 500),
        text('代替班期数:本轮已申报的班期(不论单位和面向范围;不含本次)及其状态', 'In place of the number: each session already submitted in this round, whatever the institution and scope, without this submission, and where it stands.'),
      ),
    }),
    meaning: text('项目负责人。', 'The lead of the project (项目负责人).'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
  },
  {
    name: 'sessionsInSubmission',
    type: integer({ unit: 'session', min: 1, max: 100 }),
    meaning: text('本次申报的班期数,如 1。', 'How many sessions (班期) this submission brings, e.g. 1.'),
    suppliedBy: 'institution',
    sensitivity: 'public',
    default: { value: 1, because: text('未说明时按一个班期计。', 'Where nothing is said, one session.') },
  },
  {
    name: 'titleExceptionRecorded',
    type: boolean(),
    meaning: text('省里是否已就负责人职称记录例外。', 'Whether the province has recorded an exception for the lead’s title.'),
    suppliedBy: 'province',
    sensitivity: 'internal',
    default: { value: false, because: text('未给出例外记录,按没有处理。', 'No exception was given: none is recorded.') },
  },
];

const LOCALITY = text('有关市、县(市、区)教育行政部门', 'the education authority of the city or county');

const QUOTAS: readonly FactSpec[] = [
  {
    name: 'institution',
    type: record({
      kinds: field(
        listOf(
          choice({
            namedUniversity: text('浙江师范大学、杭州师范大学', 'Zhejiang Normal University or Hangzhou Normal University'),
            otherProvinceWide: text('其他高校和面向全省开展教师培训的机构', 'another university or institution that trains province-wide'),
            distance: text('承担远程培训的机构', 'institution of distance training'),
          }),
          3,
        ),
        text('认定的类别;认定为两类的两类都列出', 'The kinds that it is recognised for; both where it is recognised for two.'),
      ),
      recognisedOn: field(dayType(), text('认定资质的日期,如 "2019-03-01"', 'Day of its recognition, e.g. "2019-03-01".')),
      projectsInRound: field(
        integer({ unit: 'project' }),
        text('本轮已申报的面向全省的项目数(已撤回、未通过的不算;不含本项目),如 49:本项目即第50项', 'Province-wide projects that it has already submitted in this round, without this one and without those withdrawn or rejected, e.g. 49: this one is then the 50th.'),
      ),
      projects: field(
        listOf(record({ scope: field(choice(SCOPES), text('面向全省还是市县自办;只计面向全省的', 'Province-wide or local; province-wide ones count.')), status }), 1000),
        text('代替项目数:本轮已申报的各个项目(不含本项目)及其面向范围和状态', 'In place of the number: each project already submitted in this round, without this one, with its scope and where it stands.'),
      ),
    }),
    meaning: text('申报单位(培训机构)。', 'The submitting body (training institution).'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'locality',
    type: record({
      name: field(textType(50), text('市、县(市、区)名称,如 "杭州市"', 'Name of the city or county, e.g. "杭州市".')),
      projectsInRound: field(
        integer({ unit: 'project' }),
        text('该地本轮已申报的自办项目数(已撤回、未通过的不算;不含本项目)', 'The locality’s own projects already submitted in this round, without this one and without those withdrawn or rejected.'),
      ),
      projects: field(
        listOf(record({ status }), 1000),
        text('代替项目数:该地本轮已申报的各个自办项目(不含本项目)及其状态', 'In place of the number: each of the locality’s own projects already submitted in this round, without this one, and where it stands.'),
      ),
    }),
    meaning: text('项目所属的市、县(市、区);只用于市县自办项目。', 'The city or county to which the project belongs; for local projects alone.'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'localProjectLimit',
    type: integer({ unit: 'project' }),
    nullable: true,
    meaning: text('该市、县(市、区)公布的本轮项目数上限;不填或为 null 表示没有公布。', 'The number of projects that the city or county has published as its limit for the round; absent or null: none was published.'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: LOCALITY },
  },
];

export const projectFacts: readonly FactSpec[] = [PROJECT, ...LEAD, ...QUOTAS];
