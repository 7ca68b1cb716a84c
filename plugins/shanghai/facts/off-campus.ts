import { amount, boolean, choice, type FactSpec, field, integer, listOf, record, text, textType } from '../../../src/plugin-kit.ts';

/** The general examination modules, under the names that the rule lists. */
export const MODULES = {
  教育学: text('教育学', 'pedagogy'),
  心理学: text('心理学', 'psychology'),
  职业道德: text('职业道德', 'professional ethics'),
  法律素养: text('法律素养', 'legal literacy'),
  安全素养: text('安全素养', 'safety literacy'),
  信息素养: text('信息素养', 'information literacy'),
  科技素养: text('科技素养', 'science literacy'),
};

export const offCampusFacts: readonly FactSpec[] = [
  {
    name: 'modulesPassed',
    type: listOf(choice(MODULES), 20),
    meaning: text('已通过的通识教育考试模块(“1”);没有则为空列表', 'General examination modules (the “1”) that were passed; an empty list when there are none'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
  },
  {
    name: 'abilityProofs',
    type: listOf(
      record({
        name: field(textType(200), text('证明名称,如教师资格证、职业技能等级证书', 'Name of the proof, such as a teaching qualification or a skill certificate')),
        valid: field(boolean(), text('在所问之时是否有效', 'Whether it is valid at the moment asked about')),
      }),
      50,
    ),
    meaning: text('已持有的职业(专业)能力证明(“X”),任何种类;没有则为空列表', 'Proofs of vocational or professional ability (the “X”), of any kind; an empty list when there are none'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
  },
  {
    name: 'employerIsMember',
    type: boolean(),
    meaning: text('所在机构是否上海市培训协会会员单位', 'Whether the employer is a member unit of the Shanghai training association'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
  {
    name: 'registeredCount',
    type: integer({ unit: 'person' }),
    meaning: text('报名参加能力评定考试的人数;与 certifiedCount 都不给时用报道的数字', 'Persons registered for the assessment; when neither this nor `certifiedCount` is given, the figures of the report'),
    suppliedBy: 'institution',
    sensitivity: 'public',
  },
  {
    name: 'certifiedCount',
    type: integer({ unit: 'person' }),
    meaning: text('经评定获得证书的人数', 'Persons who were certified'),
    suppliedBy: 'institution',
    sensitivity: 'public',
  },
  {
    name: 'continuingCourse',
    type: record({
      name: field(textType(200), text('课程名称', 'Name of the course')),
      trainingCategory: field(textType(100), text('培训类别,必填,如“科技”', 'Kind of training (培训类别), required, such as 科技')),
      trainingStage: field(textType(100), text('培训学段,必填,如“小学”', 'Stage (培训学段), required, such as 小学')),
      businessField: field(textType(100), text('业务领域,必填,如“教学”', 'Field of work (业务领域), required, such as 教学')),
    }),
    meaning: text('校外培训机构从业人员继续教育的一门课程', 'A course of continuing education for staff of off-campus institutions'),
    suppliedBy: 'institution',
    sensitivity: 'public',
  },
  {
    name: 'continuingEducationHours',
    type: amount('classHour'),
    nullable: true,
    meaning: text('问“多少学时够不够”时填写已完成的继续教育学时;null 为不问学时', 'Class hours of continuing education completed, given to ask whether they are enough; null: hours are not asked about'),
    suppliedBy: 'caller',
    sensitivity: 'personal',
    default: { value: null, because: text('未询问学时', 'hours were not asked about'), quiet: true },
  },
  {
    name: 'complainant',
    type: choice({ learner: text('学员', 'learner'), parent: text('家长', 'parent'), colleague: text('同行', 'colleague'), institution: text('机构', 'institution'), other: text('其他', 'someone else') }),
    meaning: text('投诉由谁登记;投诉的时刻即所问的时刻', 'Who files the complaint; the moment of filing is the moment asked about'),
    suppliedBy: 'platform',
    sensitivity: 'internal',
  },
  {
    name: 'blacklistEntry',
    type: record({
      seriousFindingVerified: field(boolean(), text('相关部门是否已核查确认严重师德师风问题', 'Whether the departments concerned have verified a serious problem of professional ethics')),
      evidenceKept: field(boolean(), text('是否保存了证据', 'Whether the evidence is kept with the entry')),
      personNotified: field(boolean(), text('是否已通知本人', 'Whether the person was notified')),
    }),
    meaning: text('拟列入黑名单的情形', 'What an entry in the blacklist would rest on'),
    suppliedBy: 'district',
    sensitivity: 'sensitive',
  },
  {
    name: 'employmentQuestion',
    type: record({
      onBlacklist: field(boolean(), text('此人是否在校外培训从业人员黑名单上', 'Whether the person is on the blacklist of off-campus staff')),
      act: field(choice({ hireOrKeep: text('聘用或留用', 'hire or keep the person'), dismissOrRefuse: text('解聘或拒绝录用', 'dismiss or refuse to hire the person') }), text('机构拟采取的做法', 'What the institution is about to do')),
    }),
    meaning: text('问聘用时填写;是否会员单位见 employerIsMember', 'Given to ask about employment; whether the institution is a member unit is `employerIsMember`'),
    suppliedBy: 'institution',
    sensitivity: 'sensitive',
  },
  {
    name: 'blacklistQuestion',
    type: choice({ duration: text('列入黑名单多久', 'how long an entry lasts'), appeal: text('能否申诉', 'whether and how one may appeal') }),
    nullable: true,
    meaning: text('问列入期限或申诉时填写;null 为不问这两项', 'Given to ask about the duration of an entry or an appeal against it; null: neither is asked about'),
    suppliedBy: 'caller',
    sensitivity: 'public',
    default: { value: null, because: text('未询问期限或申诉', 'neither was asked about'), quiet: true },
  },
  {
    name: 'blacklistDuration',
    type: textType(500),
    meaning: text('主管部门公布的列入期限(原文或摘要)', 'The duration of an entry as the competent authority has published it, in words'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: text('校外培训主管部门', 'the authority in charge of off-campus training') },
  },
  {
    name: 'blacklistAppeal',
    type: textType(500),
    meaning: text('主管部门公布的申诉办法(原文或摘要)', 'The way to appeal as the competent authority has published it, in words'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: text('校外培训主管部门', 'the authority in charge of off-campus training') },
  },
];
