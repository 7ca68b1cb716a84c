import { type Text, text } from '../../src/plugin-kit.ts';

export const offCampusMessages: Readonly<Record<string, Text>> = {
  'shanghai.more-certified-than-registered': text('获证{certified}人多于报名{registered}人,请核对。', '{certified} certified are more than the {registered} registered; check the numbers.'),
  'shanghai.nobody-registered': text('没有人报名,无从计算获证率。', 'Nobody registered, so there is no rate.'),
  'shanghai.figures-of-the-report': text('未给出人数,用报道的数字。', 'No numbers were given: those of the report.'),
  'shanghai.listed-person': text('警示:此人在黑名单上;可以聘用或留用,会员单位也有权解聘或拒绝录用。', 'Warning: the person is on the blacklist. Hiring or keeping is allowed; member units also have the right to dismiss or refuse.'),
  'shanghai.right-to-dismiss': text('此人在黑名单上,会员单位有权解聘或拒绝录用,但并非必须。', 'The person is on the blacklist: a member unit has the right to dismiss or refuse, and no duty to.'),
  'shanghai.as-published': text('{what}:{published}', 'The {what}, as published: {published}'),
};
