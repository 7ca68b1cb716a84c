import { definePlugin, text } from '../../src/plugin-kit.ts';
import { decisions } from './decisions.ts';
import { documents } from './documents.ts';
import { facts } from './facts.ts';
import { ledgers } from './ledgers.ts';
import { messages } from './messages.ts';
import { profiles } from './profiles.ts';
import { records } from './records.ts';
import { creditRules } from './rules/credits.ts';
import { deliveryRules } from './rules/delivery.ts';
import { informationRules } from './rules/information.ts';
import { quotaRules } from './rules/quotas.ts';
import { selectionRules } from './rules/selection.ts';
import { submissionRules } from './rules/submission.ts';
import { windowRules } from './rules/windows.ts';

export default definePlugin({
  name: 'zhejiang',
  title: text('浙江省', 'Zhejiang'),
  contract: 1,
  jurisdiction: { code: '330000', name: text('浙江省', 'Zhejiang') },
  documents,
  facts,
  rules: [...creditRules, ...submissionRules, ...quotaRules, ...windowRules, ...deliveryRules, ...selectionRules, ...informationRules],
  decisions,
  ledgers,
  records,
  units: {
    credit: text('学分', 'credits'),
    session: text('个班期', 'sessions'),
    project: text('个项目', 'projects'),
    share: text('(占比)', '(share of the whole)'),
    fen: text('分', 'fen'),
    place: text('个名额', 'places'),
    check: text('次检查', 'checks'),
    selection: text('次选课', 'selections'),
    day: text('天', 'days'),
  },
  messages,
  profiles,
  population: () => import('./population.ts'),
});
