import { definePlugin, text } from '../../src/plugin-kit.ts';
import { decisions } from './decisions.ts';
import { documents } from './documents.ts';
import { facts } from './facts.ts';
import { messages } from './messages.ts';
import { records } from './records.ts';
import { allStaffRules } from './rules/all-staff.ts';
import { feeRules } from './rules/fees.ts';
import { makeUpRules } from './rules/make-up.ts';

export default definePlugin({
  name: 'jiangxi',
  title: text('江西省教师培训规则', 'Teacher training in Jiangxi'),
  contract: 1,
  jurisdiction: { code: '360000', name: text('江西省', 'Jiangxi') },
  documents,
  facts,
  rules: [...allStaffRules, ...makeUpRules, ...feeRules],
  decisions,
  records,
  units: {
    credit: text('学分', 'credits'),
    classHour: text('学时', 'class hours'),
    fen: text('分', 'fen'),
    yearOfAge: text('岁', 'years of age'),
  },
  messages,
  population: () => import('./population.ts'),
});
