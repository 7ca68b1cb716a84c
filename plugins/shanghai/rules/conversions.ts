import { type Check, conversion, either, holds, is, not, notApplicable, onlyFor, pending, refused, remark, type RuleSpec, type Text, text } from '../../../src/plugin-kit.ts';
import { ACTIVITIES, DISTRICT } from '../facts/conversions.ts';
import { fitsBlocks, hoursToCredits, refuseBlocks, teachingToCredits } from '../formulas/hours.ts';
import { practiceToCredits } from '../formulas/practice.ts';
import { byDistrictMethod, takenAsItStands } from '../formulas/special.ts';
import { CATEGORIES, LEVELS } from '../ledgers/coordinates.ts';
import { isBound, OTHER_STAFF } from './conditions.ts';

const clause = (name: string) => ({ document: 'sh-2016-credit', clause: name });
const labelIn = (labels: Readonly<Record<string, Text>>) => (value: string): Text => labels[value] ?? text(value, value);

const forSchools = (check: Check): Check => onlyFor(isBound, check, OTHER_STAFF);
const unlessExcepted = (check: Check): Check =>
  either(holds('conversionExceptionRecorded'), notApplicable('NOT_BOUND', text('已有例外记录,“原则上”的折算规定不适用于本次。', 'A recorded exception lifts the conversion “in principle” for this case.')), check);

export const conversionRules: readonly RuleSpec[] = [
  conversion({
    id: 'sh-2016-credit/2.1-hours',
    source: clause('二.1'),
    topic: 'credit/conversion/hours',
    inPrinciple: true,
    params: { minutesPerHour: 45, blockHours: 4, hoursPerCredit: 10 },
    summary: text('师德与素养、知识与技能课程:45分钟为1学时,以4学时为单位,10学时为1学分。', 'Ethics and literacy, knowledge and skills: 45 minutes are a class hour, courses come in blocks of 4, 10 hours are a credit.'),
    reading: {
      name: 'exact-hours',
      text: text('分钟按除法精确折成学时,不取整;单门课程学时不是4的倍数的退回并指出最近的单位;数门课程之和不作此检验;学分为学时除以10,不取整;实践体验不按学时折算。', 'Minutes become class hours by exact division. A single course that is no multiple of 4 is refused and the nearest blocks named; a sum over courses converts without that test. Credits are hours / 10, never rounded. Practice is never converted by hours.'),
    },
    check: forSchools(
      unlessExcepted(
        either(
          is('trainingCategory', ['practice']),
          refused(text('实践体验课程不按学时折算,按一学期内的次数折算(第二部分第2条)。', 'Practice is never converted by hours but by occasions within a semester (part 2 clause 2).')),
          either(fitsBlocks, hoursToCredits, either(holds('isSingleCourse'), refuseBlocks, hoursToCredits)),
        ),
      ),
    ),
  }),
  conversion({
    id: 'sh-2016-credit/2.2-practice',
    source: clause('二.2'),
    topic: 'credit/conversion/practice',
    inPrinciple: true,
    params: { occasions: 10, hoursEach: 2, minutesPerHour: 60, lectureShare: '1/10', credits: 1 },
    summary: text('实践体验:一学期不少于10次、每次不少于2小时为1学分,讲座不超过一成;离岗学习者以外不能以其他类别代替。', 'Practice: at least 10 occasions of at least 2 hours in a semester are 1 credit, lectures at most a tenth; no other category stands in, except on study leave.'),
    reading: {
      name: 'lectures-by-occasions',
      text: text('此处1小时为60分钟,时长不足的不计入10次;讲座比例按次数计,恰为一成可以,超过则该系列不折算;每个系列在一个学期内单独判断,不论多长都是1学分,两个学期的次数不相加;离岗学习的例外先于第三部分第4条的禁止。', 'An hour here is 60 minutes; too short an occasion does not count towards the 10. Lectures are measured by occasions: exactly a tenth is allowed, above it the series gives nothing. Every series is judged by itself within one semester and gives exactly 1 credit; occasions of two semesters are not added. The study-leave exception goes before the ban of 3.4.'),
      values: { lectureShareBy: 'occasions' },
      alternatives: [{ name: 'lectures-by-hours', text: text('讲座比例按时长计。', 'Lectures are measured by their hours.'), values: { lectureShareBy: 'hours' } }],
    },
    check: forSchools(
      unlessExcepted(
        either(
          not(is('practiceStandIn', [null])),
          either(
            holds('onStudyLeave'),
            remark('shanghai.stands-in-on-leave', takenAsItStands('practiceStandIn.credits')),
            refused(text('除离岗学习者外,实践体验学分不能以其他类别的学分代替。', 'Only for those on study leave can credits of another category stand in for practice.')),
          ),
          practiceToCredits,
        ),
      ),
    ),
  }),
  conversion({
    id: 'sh-2016-credit/2.3-elsewhere',
    source: clause('二.3'),
    topic: 'credit/conversion/elsewhere',
    summary: text('跨区域、跨系统、个性化学习的学分由区按课程容量核定。', 'Credits learnt in another region or system, or individually, are converted by the district from the course’s volume.'),
    reading: {
      name: 'district-decides',
      text: text('以随条目记录的区核定为准,照数采用,不另套公式;未核定前不能确定,该条目视为数额未知。外省的学分和学时亦依此条。', 'A recorded district decision is needed; its figure is taken as it stands, no formula replaces it. Until then it is undetermined and the entry a missing amount. Credits and hours of another province fall under this rule.'),
    },
    check: forSchools(
      either(
        is('outsideCreditDecision', [null]),
        pending(text('区对课程容量的核定', 'the district’s decision on the volume of the course')),
        remark('shanghai.as-the-district-decided', takenAsItStands('outsideCreditDecision.credits')),
      ),
    ),
  }),
  conversion({
    id: 'sh-2016-credit/2.4-special',
    source: clause('二.4'),
    topic: 'credit/conversion/special',
    summary: text('高级教师研究与引领、校(园)长培训的学分折算由区制定办法。', 'Conversion of senior teachers’ research and leading work and of principals’ training is set by the district.'),
    reading: {
      name: 'district-method',
      text: text('区的办法是一项规则设定;未公布的不能确定,并指明应由谁公布。', 'The district’s method is a setting; without it the conversion is undetermined, naming it.'),
    },
    check: forSchools(byDistrictMethod({ authority: DISTRICT, activityLabel: labelIn(ACTIVITIES) })),
  }),
  conversion({
    id: 'sh-2016-credit/2.5-teaching',
    source: clause('二.5'),
    topic: 'credit/conversion/teaching',
    summary: text('优秀教师、校长承担培训授课的,按级别和实际容量折算相应模块的学分。', 'Outstanding teachers and principals who teach a training earn credits of its level and module by actual volume.'),
    reading: {
      name: 'rate-of-2.1',
      text: text('容量为实际授课学时,按第二部分第1条的标准(10学时1学分)折算,区另有规定的从其规定;计入所授培训的级别和类别。', 'Volume is the class hours taught, at the rate of 2.1 (10 hours a credit) unless the district has set another; booked at the level and category of the training.'),
      values: { minutesPerHour: 45, hoursPerCredit: 10 },
    },
    check: forSchools(teachingToCredits({ level: labelIn(LEVELS), category: labelIn(CATEGORIES) })),
  }),
];
