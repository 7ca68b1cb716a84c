import { type DecisionSpec, text } from '../../../src/plugin-kit.ts';
import { credits2016 } from '../rules/credits-2016.ts';
import { credits2021 } from '../rules/credits-2021.ts';
import { roles2016 } from '../rules/roles-2016.ts';

const idsOf = (rules: readonly { readonly id: string }[]): string[] => rules.map(({ id }) => id);
const offset = (slug: string): string => `sh-2016-credit/${slug}`;

export const creditDecisions: readonly DecisionSpec[] = [
  {
    name: 'creditCompletion',
    title: text('学分完成情况', 'Credit completion'),
    question: text('教师是否修满周期内应修的学分,还差哪些?', 'Has the teacher completed the credits due in the cycle, and which are still missing?'),
    about: 'teacher',
    rules: [...idsOf(credits2016), ...idsOf(roles2016), ...idsOf(credits2021)],
  },
  {
    name: 'offset',
    title: text('学分冲抵', 'Offset of credits'),
    question: text('这些学分可否冲抵另一级别、类别或培训的学分,可冲抵多少?', 'May these credits stand in for those of another level, category or training, and how many of them?'),
    about: 'entry',
    rules: [offset('3.1-national'), offset('3.2-levels'), offset('3.3-principal'), offset('3.4-degree')],
  },
  {
    name: 'itCourseOffset',
    title: text('信息技术课程冲抵', 'Offset by the IT-ability certificate'),
    question: text('凭结业证明可冲抵多少学分?', 'How many credits does the certificate of the IT-ability programme give?'),
    about: 'entry',
    rules: [offset('3.5-it')],
  },
  {
    name: 'districtOffset',
    title: text('区级学分冲抵办法', "A district's rules for offsets"),
    question: text('区的冲抵办法是否生效?', "Is the district's rule for offsets in force?"),
    about: 'authority',
    rules: [offset('3.6-district')],
  },
];
