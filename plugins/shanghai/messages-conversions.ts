import { type Text, text } from '../../src/plugin-kit.ts';

export const conversionMessages: Readonly<Record<string, Text>> = {
  'shanghai.not-whole-blocks': text('课程为{hours}学时,不是{block}学时(半天)的倍数;最近的为{nearest}学时。', 'The course has {hours} class hours, which is no multiple of {block} (half a day); nearest: {nearest}.'),
  'shanghai.booked-at': text('计入{level}的{category}。', 'Booked at level “{level}”, category “{category}”.'),
  'shanghai.booking-open': text('计入哪里尚待说明:{missing}。', 'Where it is booked is open until this is given: {missing}.'),
  'shanghai.no-practice-series': text('没有实践活动;一学期须有{required}次。', 'There is no practice series; {required} occasions in a semester are needed.'),
  'shanghai.practice-too-few': text('够时长的活动最多{actual}次,须有{required}次,还差{shortfall}次;须在同一学期内补足。', 'At most {actual} occasions are long enough, {required} are needed; {shortfall} more within the same semester would do.'),
  'shanghai.practice-lectures': text('讲座占{found},最多{limit};该系列不折算学分,增加非讲座的活动可降低比例。', 'Lectures are {found} of the series, at most {limit} is allowed; the series gives nothing. Further occasions that are no lectures lower the share.'),
  'shanghai.stands-in-on-leave': text('离岗学习者:其他类别的学分可代替实践体验。', 'On study leave: credits of another category may stand in for practice.'),
  'shanghai.as-the-district-decided': text('按区的核定照数采用。', 'The district’s figure, taken as it stands.'),
  'shanghai.activity-without-rate': text('{authority}公布的办法未规定:{activities}。', 'The method published by {authority} says nothing about: {activities}.'),
};
