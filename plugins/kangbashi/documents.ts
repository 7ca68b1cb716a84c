import { day, type DocumentSpec, text } from '../../src/plugin-kit.ts';

export const documents: readonly DocumentSpec[] = [
  {
    id: 'kb-2022-offcampus',
    title: text('康巴什区校外非学科类培训机构运行模式创新案例', 'Kangbashi District: how off-campus non-academic training institutions are run, a case report'),
    issuer: text('康巴什区(报道未署发布机关)', 'Kangbashi District (the report names no issuing body)'),
    // The report's own day. Its rules are taken as in force from the start of the year that it reports on.
    issuedOn: day('2022-08-30'),
    inForce: { from: '2022-01-01', to: null },
    evidence: 'founding',
    note: text('2022年8月30日发布的案例报道,记述此前一年的做法;起始日为解读。', 'A report of 2022-08-30 on the practice of the year before; the first day in force is a reading.'),
  },
];
