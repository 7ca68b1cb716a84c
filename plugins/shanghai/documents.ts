import { type DocumentSpec, text } from '../../src/plugin-kit.ts';

/** The texts as they were read carry no name of the issuing body. */
const ISSUER = text('上海市(所读文本未署发文机关)', 'Shanghai (the texts as read name no issuing body)');

export const documents: readonly DocumentSpec[] = [
  {
    id: 'sh-2016-opinion',
    title: text('上海市“十三五”中小学、幼儿园教师培训工作实施意见', 'Shanghai: opinion on carrying out teacher training in schools and kindergartens, 13th Five-Year period'),
    issuer: ISSUER,
    inForce: { from: '2016-01-01', to: '2020-12-31' },
    evidence: 'founding',
  },
  {
    id: 'sh-2016-credit',
    title: text('上海市“十三五”中小学、幼儿园教师培训学分管理办法', 'Shanghai: management of training credits of school and kindergarten teachers, 13th Five-Year period'),
    issuer: ISSUER,
    inForce: { from: '2016-01-01', to: '2020-12-31' },
    evidence: 'founding',
  },
  {
    id: 'sh-2021-credit',
    title: text('上海市“十四五”中小学、幼儿园教师培训学分管理办法', 'Shanghai: management of training credits of school and kindergarten teachers, 14th Five-Year period'),
    issuer: ISSUER,
    inForce: { from: '2021-01-01', to: '2025-12-31' },
    evidence: 'official',
    note: text(
      '仅阅读了第一部分第1条;冲抵、岗位、折算、教师专业发展学校、学分应用与管理等内容存在但未阅读,相关问题按“规则未知”回答。',
      'Only part 1, clause 1 was read. Offsets, roles, conversion, development schools, use and management of credits exist there unread; questions about them are answered as not known.',
    ),
    unreadTopics: ['credit/offset', 'credit/role', 'credit/conversion', 'credit/development-school', 'credit/use', 'credit/management'],
    gapAfter: text('2026-2030年的学分管理办法未见。', 'No rule for 2026-2030 is known.'),
  },
  {
    id: 'sh-2023-offcampus',
    title: text('上海市充分发挥行业力量 积极推动校外培训机构从业人员规范管理', 'Shanghai: staff of off-campus training institutions managed with the strength of the trade'),
    issuer: text('上海市(报道未署发布机关)', 'Shanghai (the report names no issuing body)'),
    inForce: { from: '2022-01-01', to: null },
    evidence: 'founding',
    note: text(
      '2023年12月的报道,记述2022年以来的做法;起始日为解读。投诉平台于2022年11月开通。',
      'A report of December 2023 on practice since 2022; the first day is a reading. The complaint platform opened in November 2022.',
    ),
  },
];
