import { day, type DocumentSpec, text } from '../../src/plugin-kit.ts';

export const documents: readonly DocumentSpec[] = [
  {
    id: 'zj-2016-71',
    title: text('浙江省中小学教师专业发展培训学分制管理办法(试行)', 'Zhejiang: credit rules for the professional training of primary and secondary school teachers (trial)'),
    number: '浙教师〔2016〕71号',
    issuer: text('浙江省教育厅', 'Zhejiang Education Department'),
    inForce: { from: '2016-09-01', to: null },
    evidence: 'mirror',
    note: text('只见第二至四条的转载;折算等其余条款未读。浙教办函〔2019〕357号所称的学分制管理办法即此。', 'Articles 2 to 4 alone were read, at a third party’s copy; conversion and all else was not. These are the credit rules that 浙教办函〔2019〕357号 refers to.'),
  },
  {
    id: 'zj-2019-357',
    title: text('关于做好2020年上半年全省中小学教师专业发展培训项目申报与教师选课工作的通知', 'Zhejiang: notice on the submission of training projects and on course selection in the first half of 2020'),
    number: '浙教办函〔2019〕357号',
    issuer: text('浙江省教育厅办公室', 'General Office of the Zhejiang Education Department'),
    issuedOn: day('2019-12-17'),
    inForce: { from: '2019-12-17', to: '2020-08-31' },
    evidence: 'founding',
    note: text('只管2020年上半年一期;附件(进程表)未读。', 'For the first half of 2020 alone; its annex, a table of steps, was not read.'),
  },
];
