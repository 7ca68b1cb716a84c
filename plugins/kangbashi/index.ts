import { definePlugin, text } from '../../src/plugin-kit.ts';
import { decisions } from './decisions.ts';
import { documents } from './documents.ts';
import { facts } from './facts.ts';
import { ledgers } from './ledgers.ts';
import { messages } from './messages.ts';
import { records } from './records.ts';
import { institutions } from './rules/institutions.ts';
import { masters } from './rules/masters.ts';

export default definePlugin({
  name: 'kangbashi',
  title: text('康巴什区', 'Kangbashi District'),
  contract: 1,
  jurisdiction: { code: '150603', name: text('康巴什区', 'Kangbashi District') },
  documents,
  facts,
  rules: [...masters, ...institutions],
  decisions,
  ledgers,
  records,
  units: {
    classHour: text('学时', 'class hours'),
    star: text('星', 'stars'),
    point: text('分', 'points'),
    weight: text('权重', 'weight'),
  },
  messages,
  profiles: [
    { name: 'offCampusTeacher', label: text('校外培训机构教师', 'A teacher of an off-campus institution'), decision: 'yearlyHours', on: ['2022-12-31', '2025-12-31'], facts: { staffKind: 'offCampus' } },
    { name: 'youthPalaceTeacher', label: text('少年宫教师', 'A youth-palace teacher'), decision: 'yearlyHours', on: ['2022-12-31'], facts: { staffKind: 'youthPalace' } },
  ],
  population: () => import('./population.ts'),
});
