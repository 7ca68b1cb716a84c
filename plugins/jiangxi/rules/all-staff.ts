import { allOf, type Check, dataRule, eligibility, holds, is, onlyFor, part, report, type RuleSpec, text } from '../../../src/plugin-kit.ts';
import { takesPart } from '../formulas/participation.ts';

const ON_STAFF_AND_IN_POST: Check = allOf({
  onStaffList: part(text('在编', 'On the staff list'), holds('onStaffList')),
  inPost: part(text('在岗', 'In post'), holds('inPost')),
});
const TRAINING_CENTRE = '江西省中小学教师远程培训中心';
const SCHOOL_ALLIANCE = '江西省中小学名师网络联盟';

export const allStaffRules: readonly RuleSpec[] = [
  eligibility({
    id: 'jx-2014-36/1-all-staff',
    source: { document: 'jx-2014-36', clause: '一' },
    params: { registrationFrom: 2015 },
    summary: text('在编在岗教师五年一轮参加全员培训,既是权利也是义务;定期注册拟从2015年起实行。', 'All teachers on the staff list and in post take part in training, in five-year cycles: a right and a duty. Periodic registration is planned from 2015.'),
    reading: {
      name: 'staff-list-and-post',
      text: text('须同时在编和在岗;定期注册虽为“拟”,视为自2015年1月1日起施行,并注明。', 'Bound are those both on the staff list and in post; registration is planned and taken as in force from 2015-01-01, with that note.'),
      values: { registrationFrom: '2015-01-01' },
    },
    topic: 'credit/bound',
    narrows: { rules: ['cn-2011-1/cycle-hours', 'cn-2011-1/prerequisite'], when: ON_STAFF_AND_IN_POST },
    check: onlyFor(
      is('staffKind', ['school', 'kindergarten']),
      onlyFor(ON_STAFF_AND_IN_POST, takesPart, text('只约束在编且在岗的教师。', 'It binds teachers who are both on the staff list and in post.')),
      text('只约束中小学和幼儿园教师。', 'It binds teachers of primary and secondary schools and kindergartens only.'),
    ),
  }),
  report({
    id: 'jx-2014-36/2.1-institution-evaluation',
    source: { document: 'jx-2014-36', clause: '二.1' },
    params: { lead: TRAINING_CENTRE, with: SCHOOL_ALLIANCE, poorOrganisation: '通报批评', by: '省教育厅', teachersFailThroughFault: '责成当地政府追究相关责任人的责任' },
    summary: text('对培训机构监督评价;组织不力的通报批评,因其过失致教师不合格的追究责任。', 'Training bodies are supervised and evaluated; bad organisation is criticised in a circular, and responsibility is pursued where teachers fail through their fault.'),
    topic: 'institution/evaluation',
  }),
  dataRule({
    id: 'jx-2014-36/2.2-process',
    source: { document: 'jx-2014-36', clause: '二.2' },
    params: { lead: SCHOOL_ALLIANCE, with: TRAINING_CENTRE, registerPer: ['年度', '县(市、区)'] },
    summary: text('按年度和县建立培训对象库与管理员库,学情通报、共享和反馈,以提高参训率和合格率。', 'Per county and year a register of whom to train and of administrators; progress is circulated, shared and fed back, to raise participation and pass rates.'),
    topic: 'training/monitoring',
  }),
  dataRule({
    id: 'jx-2014-36/2.3-survey',
    source: { document: 'jx-2014-36', clause: '二.3' },
    params: { lead: TRAINING_CENTRE, with: SCHOOL_ALLIANCE, phases: ['训前', '训后'], methods: ['走访座谈', '问卷'] },
    summary: text('训前调查需求,训后总结反思。', 'Needs are surveyed before training and reviewed after it.'),
    topic: 'training/survey',
  }),
];
