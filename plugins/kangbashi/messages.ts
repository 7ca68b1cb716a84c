import { type Text, text } from '../../src/plugin-kit.ts';

export const messages: Readonly<Record<string, Text>> = {
  'kangbashi.approved-first': text('该机构有校外名师,优先审批:只提前排队次序,不改变条件。', 'The institution has a master and is approved first: this moves it up the queue and changes no condition.'),
  'kangbashi.method-incomplete': text('{authority}公布的星级办法缺少:{missing};补全前不能确定星数。', 'The published method of rating lacks {missing}; until it is complete nobody can say how many stars this gives.'),
  'kangbashi.method-used': text('总分{score}分(加权平均),最高{stars}星;权重:{weights};分数线:{thresholds}。', 'Score {score} (weighted mean), at most {stars} stars; weights: {weights}; thresholds: {thresholds}.'),
  'kangbashi.exited': text('已于 {on} 决定退出:机构及其名师自当日起退出评级、工作室和白名单,不得再推荐或聘用;请另选机构或名师。', 'Exit was decided on {on}: from that day the institution and its masters are out of rating, studio and whitelist and cannot be offered or hired; choose another.'),
  'kangbashi.not-published': text('评价结果未公示;须予公示。', 'The result of the rating was not published; it has to be.'),
  'kangbashi.published-later': text('评价结果于 {on} 公示,到所问之日 {at} 尚未公示。', 'The result of the rating is published on {on}; on the day asked about, {at}, it is not yet.'),
  'kangbashi.aspect-missing': text('评价缺少{missing}的得分,不能计算星数。', 'The rating has no points for {missing}; the stars cannot be computed.'),
};
