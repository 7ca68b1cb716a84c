import { definePlugin, text } from '../../src/plugin-kit.ts';
import { conversionDecisions } from './decisions/conversions.ts';
import { creditDecisions } from './decisions/credits.ts';
import { offCampusDecisions } from './decisions/off-campus.ts';
import { opinionDecisions } from './decisions/opinion.ts';
import { useDecisions } from './decisions/uses.ts';
import { documents } from './documents.ts';
import { conversionFacts } from './facts/conversions.ts';
import { creditFacts } from './facts/credits.ts';
import { offCampusFacts } from './facts/off-campus.ts';
import { opinionFacts } from './facts/opinion.ts';
import { useFacts } from './facts/uses.ts';
import { ledger2016 } from './ledgers/credit-2016.ts';
import { ledger2021 } from './ledgers/credit-2021.ts';
import { conversionMessages } from './messages-conversions.ts';
import { creditMessages } from './messages-credits.ts';
import { offCampusMessages } from './messages-off-campus.ts';
import { opinionMessages } from './messages-opinion.ts';
import { places } from './places.ts';
import { profiles } from './profiles.ts';
import { records } from './records.ts';
import { conversionRules } from './rules/conversions.ts';
import { credits2016 } from './rules/credits-2016.ts';
import { credits2021 } from './rules/credits-2021.ts';
import { managementRules } from './rules/management.ts';
import { offCampusRules } from './rules/off-campus.ts';
import { offsets2016 } from './rules/offsets-2016.ts';
import { opinionRules } from './rules/opinion.ts';
import { roles2016 } from './rules/roles-2016.ts';
import { useRules } from './rules/uses.ts';

export default definePlugin({
  name: 'shanghai',
  title: text('上海市教师培训规则', 'Teacher training in Shanghai'),
  contract: 1,
  jurisdiction: { code: '310000', name: text('上海市', 'Shanghai') },
  places,
  documents,
  facts: [...creditFacts, ...conversionFacts, ...useFacts, ...opinionFacts, ...offCampusFacts],
  rules: [...credits2016, ...roles2016, ...credits2021, ...conversionRules, ...offsets2016, ...useRules, ...managementRules, ...opinionRules, ...offCampusRules],
  decisions: [...creditDecisions, ...conversionDecisions, ...useDecisions, ...opinionDecisions, ...offCampusDecisions],
  ledgers: [ledger2016, ledger2021],
  records,
  units: {
    credit: text('学分', 'credits'),
    classHour: text('学时', 'class hours'),
    minute: text('分钟', 'minutes'),
    occasion: text('次', 'occasions'),
    month: text('个月', 'months'),
    share: text('比例', 'share'),
    percent: text('%', 'per cent'),
    school: text('所', 'schools'),
    course: text('门', 'courses'),
    person: text('人', 'persons'),
    day: text('天', 'days'),
  },
  messages: { ...creditMessages, ...conversionMessages, ...opinionMessages, ...offCampusMessages },
  profiles,
  population: () => import('./population/index.ts'),
});
