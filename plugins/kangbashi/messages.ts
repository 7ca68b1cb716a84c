import { type Text, text } from '../../src/plugin-kit.ts';

export const messages: Readonly<Record<string, Text>> = {
  'kangbashi.approved-first': text('该机构有校外名师,优先审批:只提前排队次序,不改变条件。', 'The institution has a master and is approved first: this moves it up the queue and changes no condition.'),
  'kangbashi.method-incomplete': text('{authority}公布的星级办法缺少:{missing};补全前不能确定星数。', 'The published method of rating lacks {missing}; until it is complete nobody can say how many stars this gives.'),
  'kangbashi.method-used': text('总分{score}分(加权平均),最高{stars}星;权重:{weights};分数线:{thresholds}。', 'Score {score} (weighted mean), at most {stars} stars; weights: {weights}; thresholds: {thresholds}.'),
  'kangbashi.aspect-missing': text('评价缺少{missing}的得分,不能计算星数。', 'The rating has no points for {missing}; the stars cannot be computed.'),
};
