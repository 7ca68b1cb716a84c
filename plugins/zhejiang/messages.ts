import { type Text, text } from '../../src/plugin-kit.ts';

export const messages: Readonly<Record<string, Text>> = {
  'zhejiang.no-cycle-named': text('未指明周期(cycleStartOn):检验2017年以来的每一公历年,当年完成的周期培训学分全部计入。', 'No cycle (cycleStartOn) was named: every calendar year since 2017 is tested, by all training of the cycle that was completed in it.'),
  'zhejiang.round-by-moment': text('未指明轮次(selectionRound):所问时刻在第{round}轮之内,按第{round}轮判定。', 'No round (selectionRound) was named: the moment asked about lies in round {round}, which is taken to be meant.'),
  'zhejiang.local-limit-not-published': text('{locality}尚未公布本轮项目数上限;申报不因此被拒绝。', 'The limit for the round has not been published by the locality ({locality}); the submission is not refused for it.'),
  'zhejiang.local-limit-of-which-locality': text('项目所属的市、县(市、区)尚未公布本轮项目数上限;申报不因此被拒绝。请在 locality.name 指明是哪个地方。', 'The limit for the round has not been published by the city or county of the project; the submission is not refused for it. Say which locality it is (locality.name).'),
  'zhejiang.fee-part-without-amount': text('其他收费项目缺少金额:{fields}。', 'Further parts of the fee have no amount: {fields}.'),
  'zhejiang.fee-parts-differ': text('各项收费合计{actual}分,总收费标准为{required}分,相差{difference}分;两者须恰好相等。', 'The parts come to {actual} fen, the stated total is {required} fen: {difference} fen apart. They have to agree exactly.'),
  'zhejiang.timetable-not-published': text('课程表不在平台上,最迟应于{dueOn}公布。', 'The timetable is not on the platform; it is due there by {dueOn}.'),
  'zhejiang.timetable-late': text('课程表于{publishedOn}公布,最迟应于{dueOn}公布,逾期{days}天。', 'The timetable was published on {publishedOn}, {days} days after {dueOn}, the last day for it.'),
  'zhejiang.may-withdraw': text('调整获批后,学员可不说明理由退选。', 'After the approved change a trainee may withdraw without further ground.'),
  'zhejiang.no-plan': text('提示学校:90学分及以上的培训尚未与教师作出规划。', 'For the school: training of 90 credits and more was not planned with the teacher.'),
  'zhejiang.plan-not-yet-open': text('该指令性培训自{opensAt}起可以选课,所问时刻为{found}。', 'The plan is open to selection from {opensAt}; the moment asked about is {found}.'),
  'zhejiang.plan-closed': text('该指令性培训的选课已于{closedAt}结束,所问时刻为{found}。', 'Selection for the plan ended at {closedAt}; the moment asked about is {found}.'),
  'zhejiang.session-full': text('班期已满:共{total}个名额,已占用{taken}个。另选班期。', 'The session is full: {taken} of {total} places are taken. Select another session.'),
  'zhejiang.published-late': text('发布晚于规定的{day};仍予发布,并标明逾期。', 'Published after {day}, the day for it: carried out all the same, and marked late.'),
  'zhejiang.places-reserved': text('余下的{reserved}个名额预留给农村教师和民办幼儿园教师,第二轮开始之前不给其他教师。', 'The {reserved} places that are left are reserved for rural teachers and private kindergartens until round 2 begins.'),
};
