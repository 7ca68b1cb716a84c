import { definePlugin, text } from '../../src/plugin-kit.ts';
import { decisions } from './decisions.ts';
import { documents } from './documents.ts';
import { facts } from './facts.ts';
import { ledgers } from './ledgers.ts';
import { places } from './places/places.ts';
import { records } from './records.ts';
import { trainingRules } from './rules/training.ts';

export default definePlugin({
  name: 'national',
  title: text('全国教师培训规则', 'Teacher training in all of China'),
  contract: 1,
  jurisdiction: { code: 'CN', name: text('全国', 'China') },
  places,
  documents,
  facts,
  rules: trainingRules,
  decisions,
  ledgers,
  records,
  units: { classHour: text('学时', 'class hours') },
  profiles: [
    { name: 'teacher', label: text('中小学教师', 'A primary or secondary school teacher'), decision: 'creditCompletion', on: ['2020-12-31'], facts: { staffKind: 'school', cycleStartOn: '2016-01-01' } },
    { name: 'kindergartenTeacher', label: text('幼儿园教师', 'A kindergarten teacher'), decision: 'creditCompletion', on: ['2015-12-31'], facts: { staffKind: 'kindergarten', cycleStartOn: '2011-01-01' } },
  ],
});
