import { type DocumentSpec, text } from '../../src/plugin-kit.ts';

export const documents: readonly DocumentSpec[] = [
  {
    id: 'cn-2011-1',
    title: text('教育部关于大力加强中小学教师培训工作的意见', 'Ministry of Education: opinion on strengthening the training of primary and secondary school teachers'),
    number: '教师〔2011〕1号',
    issuer: text('教育部', 'Ministry of Education'),
    inForce: { from: '2011-01-01', to: null },
    evidence: 'quoted',
    note: text('经由赣教师字〔2014〕36号的引述得知;发文具体日期未载明,以当年首日为起始日。', 'Known through its quotation in 赣教师字〔2014〕36号; the day of the month is not stated, so the first day of the year stands for it.'),
  },
];
