import { definePlugin, text } from '../../src/plugin-kit.ts';
import { decisions } from './decisions.ts';
import { documents } from './documents.ts';
import { facts } from './facts.ts';
import { ledgers } from './ledgers.ts';
import { messages } from './messages.ts';
import { institutions } from './rules/institutions.ts';
import { masters } from './rules/masters.ts';

export default definePlugin({
  name: 'kangbashi',
  title: text('康巴什区', 'Kangbashi District'),
  contract: 1,
  jurisdiction: { code: '150603', name: text('康巴什区', 'Kangbashi District') },
  places: [
    { code: '150000', name: text('内蒙古自治区', 'Inner Mongolia') },
    { code: '150600', name: text('鄂尔多斯市', 'Ordos') },
  ],
  documents,
  facts,
  rules: [...masters, ...institutions],
  decisions,
  ledgers,
  units: {
    classHour: text('学时', 'class hours'),
    star: text('星', 'stars'),
    point: text('分', 'points'),
    weight: text('权重', 'weight'),
  },
  messages,
});
