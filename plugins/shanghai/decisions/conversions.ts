import { type DecisionSpec, text } from '../../../src/plugin-kit.ts';

const decision = (name: string, title: [string, string], question: [string, string], rule: string): DecisionSpec => ({
  name,
  about: 'entry',
  title: text(...title),
  question: text(...question),
  rules: [`sh-2016-credit/${rule}`],
});

export const conversionDecisions: readonly DecisionSpec[] = [
  decision('hoursConversion', ['学时折算学分', 'Conversion of hours'], ['这些分钟或学时折合多少学分?', 'How many credits are these minutes or class hours?'], '2.1-hours'),
  decision('practiceConversion', ['实践体验折算学分', 'Conversion of practice'], ['这些实践系列折合多少学分?', 'How many credits do these practice series give?'], '2.2-practice'),
  decision('outsideCredit', ['区外学习学分核定', 'Outside credit'], ['跨区域、跨系统或个性化学习算多少学分?', 'How much does learning in another region or system count?'], '2.3-elsewhere'),
  decision('specialConversion', ['引领工作与校长培训折算', 'Conversion of leading work and principals’ training'], ['高级教师的研究与引领、校长培训折合多少学分?', 'How many credits are a senior teacher’s work or a principal’s training?'], '2.4-special'),
  decision('teachingConversion', ['授课折算学分', 'Conversion of teaching'], ['承担培训授课折合多少学分、计入哪里?', 'How many credits does teaching a training earn, and where do they count?'], '2.5-teaching'),
];
