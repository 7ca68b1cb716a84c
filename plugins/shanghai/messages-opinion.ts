import { type Text, text } from '../../src/plugin-kit.ts';

export const opinionMessages: Readonly<Record<string, Text>> = {
  'shanghai.no-training-to-share': text('没有任何培训,无从计算比例。', 'There is no training at all of which shares could be taken.'),
  'shanghai.share-below': text('{share}为{found},低于指导区间{range}。', 'The {share} is {found}, below the guideline {range}.'),
  'shanghai.share-above': text('{share}为{found},高于指导区间{range}。', 'The {share} is {found}, above the guideline {range}.'),
  'shanghai.textbook-is-knowledge': text('教材使用培训计入知识与技能。', 'Textbook training is booked as knowledge and skills.'),
  'shanghai.no-schools-counted': text('没有给出任何范围的学校数。', 'No schools were counted.'),
  'shanghai.development-schools-short': text('{where}有{schools}所学校,须有教师专业发展学校{required}所,现有{actual}所,还差{shortfall}所。', '{where}: of {schools} schools {required} have to be teacher development schools, {actual} are; {shortfall} more are needed.'),
  'shanghai.more-development-schools-than-schools': text('{where}只有{schools}所学校,教师专业发展学校却有{actual}所,请核对。', '{where} has {schools} schools, but {actual} teacher development schools were given; check the numbers.'),
  'shanghai.not-published': text('{what}没有发布;须予发布。', 'No {what} was published; it has to be.'),
  'shanghai.not-yet-published': text('{what}于{on}发布,到所问之日{at}尚未发布。', 'The {what} was published on {on}, so not yet on {at}, the day asked about.'),
  'shanghai.published-on': text('{what}于{on}发布。', 'The {what} was published on {on}.'),
  'shanghai.it-hours-late': text('第{required}个学时完成于{at},晚于{by};学时不缺,逾期不能补救。', 'Hour {required} was completed at {at}, after the end of {by}; no hours lack, and lateness cannot be mended.'),
  'shanghai.it-hours-not-in-time': text('无论缺少的数据为何,{by}前都不足{required}学时。', 'Whatever the missing data say, fewer than {required} class hours were complete by {by}.'),
};
