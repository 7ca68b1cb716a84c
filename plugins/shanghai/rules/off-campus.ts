import { allOf, allowed, type Check, complete, dataRule, either, eligibility, holds, is, notKnown, onlyFor, part, remark, report, type RuleSpec, some, text, windowOf, workflow } from '../../../src/plugin-kit.ts';
import { MODULES } from '../facts/off-campus.ts';
import { asksAboutEmployment, asksAboutEntry, asksAboutHours, asPublished, certificationFigures, nothingAsked } from '../formulas/off-campus.ts';

const clause = (name: string) => ({ document: 'sh-2023-offcampus', clause: name });
const id = (slug: string): string => `sh-2023-offcampus/${slug}`;

const isOffCampus = is('staffKind', ['offCampus']);
const STAFF_ONLY = text('只涉及校外培训机构从业人员。', 'Concerns staff of off-campus training institutions only.');

/** Who asks about the certificate, the hours or a listing means staff of an off-campus institution. */
const assumes: RuleSpec['assumes'] = { staffKind: { value: 'offCampus', because: text('未说明时,问这一条的即指校外培训机构从业人员。', 'Where nothing is said, who asks about this rule means staff of an off-campus institution.') } };

const passed = (name: keyof typeof MODULES) =>
  part(MODULES[name], is('modulesPassed', [name], { code: 'NOT_DONE', help: text(`须通过模块:${MODULES[name].zh}。`, `The module has to be passed: ${MODULES[name].en}.`) }));

/** No entry without a verified serious finding; the entry keeps its evidence, the person is told. */
const entry: Check = allOf({
  verified: part(text('严重师德师风问题经核查确认', 'a serious finding that was verified'), holds('blacklistEntry.seriousFindingVerified', { help: text('未经相关部门核查确认严重问题,不得列入。', 'Without a serious problem verified by the departments concerned there is no entry.') })),
  evidence: part(text('保存证据', 'evidence kept'), holds('blacklistEntry.evidenceKept', { code: 'INCOMPLETE', help: text('条目须保存证据。', 'The entry has to keep its evidence.') })),
  notified: part(text('通知本人', 'the person notified'), holds('blacklistEntry.personNotified', { code: 'NOT_DONE', help: text('须通知本人。', 'The person has to be notified.') })),
});

/** Members have a right, not a duty. */
const employment: Check = either(
  is('employmentQuestion.act', ['hireOrKeep']),
  either(is('employmentQuestion.onBlacklist', [false]), allowed(), remark('shanghai.listed-person', allowed())),
  onlyFor(
    holds('employmentQuestion.onBlacklist'),
    onlyFor(holds('employerIsMember'), remark('shanghai.right-to-dismiss', allowed()), text('解聘或拒绝录用的权利属于会员单位。', 'The right to dismiss or refuse belongs to member units.')),
    text('此项权利只针对黑名单上的人员。', 'The right concerns listed persons only.'),
  ),
);

export const offCampusRules: readonly RuleSpec[] = [
  eligibility({
    id: id('1-certificate'),
    source: clause('一'),
    topic: 'off-campus/certificate',
    params: { modules: Object.keys(MODULES), scheme: '“1+X”能力评定' },
    summary: text('“培训师”证书须通过“1”的通识考试模块,并持有至少一项“X”职业(专业)能力证明。', 'The trainer certificate needs the general examination modules (the “1”) and at least one proof of vocational or professional ability (the “X”).'),
    reading: {
      name: 'every-module-and-one-x',
      text: text('所列模块逐一通过(教育学、心理学各算一个,未载分数线),并有一项有效的X,种类不限;仅限校外培训机构从业人员,与浙江的1+X职业证书无关。', 'Every listed module passed, pedagogy and psychology being two (no mark is stated), and one valid X of any kind. Staff of off-campus institutions only; not the 1+X vocational certificate of Zhejiang.'),
    },
    assumes,
    check: onlyFor(
      isOffCampus,
      allOf({
        pedagogy: passed('教育学'),
        psychology: passed('心理学'),
        ethics: passed('职业道德'),
        law: passed('法律素养'),
        safety: passed('安全素养'),
        information: passed('信息素养'),
        science: passed('科技素养'),
        ability: part(text('有效的能力证明(X)', 'a valid proof of ability (X)'), some('abilityProofs', { valid: [true] }, { code: 'NOT_DONE', help: text('须有一项有效的职业(专业)能力证明。', 'One valid proof of vocational or professional ability is needed.') })),
      }),
      STAFF_ONLY,
    ),
  }),
  eligibility({
    id: id('1-members'),
    source: clause('一'),
    topic: 'off-campus/certificate-access',
    summary: text('能力评定向协会会员单位的从业人员开放。', "The assessment is open to staff of the association's member units."),
    assumes,
    check: onlyFor(isOffCampus, holds('employerIsMember', { help: text('评定只对市培训协会会员单位的从业人员开放。', 'Only staff of member units of the training association are admitted.') }), STAFF_ONLY),
  }),
  report({
    id: id('1-figures'),
    source: clause('一'),
    topic: 'off-campus/certificate-figures',
    params: { registered: 286, certified: 114 },
    summary: text('报告报名人数和获证人数(当时286人报名、114人获证)。', 'Numbers registered and certified are reported (286 and 114 at the time).'),
    reading: { name: 'from-the-two-numbers', text: text('未获证人数和获证率由两数得出,比率为精确分数,另以百分数保留两位小数显示。', 'Those not certified and the rate (exact; shown as a percentage with two decimals) follow from the two numbers.') },
    check: certificationFigures,
  }),
  dataRule({
    id: id('2-continuing-education'),
    source: clause('二'),
    topic: 'off-campus/continuing-education',
    params: { fields: ['培训类别', '培训学段', '业务领域'] },
    summary: text('继续教育按培训类别、培训学段和业务领域分类,联合行业组织建设课程资源。', 'Continuing education is classified by kind of training, stage and field of work, with course resources from industry bodies.'),
    reading: { name: 'three-fields-no-hours', text: text('三项均为课程必填项;未载明学时,问学时的不能确定,也不以他处的数字代替。', 'All three are required fields of a course. No number of hours is stated: a question for one is undetermined, and no other place’s number stands in.') },
    assumes,
    check: onlyFor(
      isOffCampus,
      either(
        asksAboutHours,
        notKnown(text('继续教育须修多少学时', 'how many hours of continuing education are due')),
        complete('continuingCourse', ['trainingCategory', 'trainingStage', 'businessField'], { help: text('培训类别、培训学段、业务领域均须填写。', 'Kind of training, stage and field of work are all required.') }),
      ),
      STAFF_ONLY,
    ),
  }),
  workflow({
    id: id('3-complaints'),
    source: clause('三'),
    topic: 'off-campus/complaints',
    params: { openFrom: '2022-11-01' },
    summary: text('学员和家长登记师德师风或违法违规投诉并跟踪处理,相关部门核查。', 'Learners and parents file a complaint about professional ethics or violations and follow its handling; the departments concerned verify it.'),
    reading: { name: 'learners-and-parents', text: text('只有学员和家长可以登记;平台于2022年11月启用,所问的时刻即登记的时刻。', 'Only learners and parents file; the platform opened in November 2022. The moment asked about is the moment of filing.') },
    assumes,
    check: onlyFor(
      isOffCampus,
      allOf({
        complainant: part(text('投诉人', 'who files'), is('complainant', ['learner', 'parent'], { help: text('由学员或家长登记。', 'Learners and parents file.') })),
        open: part(text('平台启用', 'the platform is open'), windowOf({ at: true }, { param: 'openFrom' }, undefined)),
      }),
      STAFF_ONLY,
    ),
  }),
  eligibility({
    id: id('3-blacklist'),
    source: clause('三'),
    topic: 'off-campus/blacklist',
    params: { listed: 4, year: 2023 },
    summary: text('经核查确认有严重师德师风问题的列入黑名单,会员单位有权解聘或拒绝录用。', 'Who is verified to have a serious ethics problem enters the blacklist; member units may dismiss or refuse to hire them.'),
    reading: {
      name: 'right-not-duty',
      text: text('未经核查确认严重问题不得列入,条目保存证据并通知本人;期限和申诉未载明,主管部门公布前不能确定;会员单位是有权而非必须,留用被列入者可以,但附警示。报道当年(2023年)有4人列入。', 'No entry without a verified serious finding; the entry keeps its evidence, the person is notified. Duration and appeal are not stated: undetermined until an authority publishes them. Members have a right, not a duty: keeping a listed person is allowed and carries a warning. Four persons were listed in the year of the report (2023).'),
    },
    assumes,
    check: onlyFor(
      isOffCampus,
      either(
        is('blacklistQuestion', ['duration']),
        asPublished('blacklistDuration'),
        either(
          is('blacklistQuestion', ['appeal']),
          asPublished('blacklistAppeal'),
          either(
            asksAboutEntry,
            either(asksAboutEmployment, allOf({ entry: part(text('列入黑名单', 'entry in the blacklist'), entry), employment: part(text('聘用', 'employment'), employment) }), entry),
            either(asksAboutEmployment, employment, nothingAsked),
          ),
        ),
      ),
      STAFF_ONLY,
    ),
  }),
  report({
    id: id('4-management-basis'),
    source: clause('下一步'),
    topic: 'off-campus/management-basis',
    summary: text('计划将继续教育参与率和学习情况作为行业管理依据(尚未实行)。', 'Planned only: participation in continuing education and its results become a basis of industry management.'),
  }),
];
