import { amount, boolean, choice, type FactSpec, field, integer, listOf, record, text, textType } from '../../../src/plugin-kit.ts';
import { CATEGORIES, LEVELS } from '../ledgers/coordinates.ts';

export const DISTRICT = text('所在区教育行政部门', 'the education authority of the district');

/** Every training that is converted has a category and a level: the value "none" of the ledger is left out. */
const { none: _withoutCategory, ...TRAINING_CATEGORIES } = CATEGORIES;
const { none: _withoutLevel, ...TRAINING_LEVELS } = LEVELS;
const { practice: _practice, ...OTHER_CATEGORIES } = TRAINING_CATEGORIES;

export const ACTIVITIES = {
  seniorResearch: text('高级教师以教育研究为主的自主研修', 'a senior teacher’s research'),
  seniorLeading: text('高级教师的辐射引领(带教、课程开发等)', 'a senior teacher’s leading work (mentoring, developing courses ...)'),
  principalQualification: text('校(园)长任职资格培训', 'principals’ qualification training'),
  principalInService: text('校(园)长在职培训', 'serving principals’ training'),
};

export const conversionFacts: readonly FactSpec[] = [
  {
    name: 'trainingMinutes',
    type: amount('minute'),
    meaning: text('要折算的培训有多少分钟,如 "180";一门课程的,或数门课程之和', 'How many minutes the training to be converted lasted, such as "180": of one course, or the sum over several'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
    insteadOf: ['trainingClassHours'],
  },
  {
    name: 'trainingClassHours',
    type: amount('classHour'),
    meaning: text('要折算的培训有多少学时(45分钟),如 "36";代替分钟数', 'How many class hours (of 45 minutes) it had, such as "36", in place of the minutes'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
  {
    name: 'trainingCategory',
    type: choice(TRAINING_CATEGORIES),
    meaning: text('要折算的培训属于哪一类课程', 'The category of the training to be converted'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
  {
    name: 'isSingleCourse',
    type: boolean(),
    meaning: text('时长是一门课程的(是),还是数门课程之和(否);只有单门课程须为4学时的倍数', 'Whether the length is that of one single course (true) or a sum over several (false); only a single course has to be a multiple of the block of class hours'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
  {
    name: 'conversionExceptionRecorded',
    type: boolean(),
    meaning: text('是否已有书面记录,就本次折算对“原则上”的规定作出例外', 'Whether an exception from the conversion “in principle” has been recorded for this very case'),
    suppliedBy: 'district',
    sensitivity: 'internal',
    default: { value: false, because: text('未说明有例外记录', 'no recorded exception was stated') },
  },
  {
    name: 'practiceSeries',
    type: listOf(
      record({
        semester: field(textType(40), text('学期名称,如 "2018-2019-1";一个系列在一个学期内', 'The semester, such as "2018-2019-1"; a series lies within one')),
        occasions: field(
          listOf(
            record({
              minutes: field(amount('minute'), text('这次活动的分钟数', 'Minutes that the occasion lasted')),
              lecture: field(boolean(), text('是否讲座', 'Whether it was a lecture')),
              semester: field(textType(40), text('与系列不同时:这次活动所在的学期', 'Its semester, where it is not that of the series')),
            }),
            200,
          ),
          text('逐次列出的活动;也可改填下面的次数', 'The occasions one by one; or give the numbers below instead'),
        ),
        occasionCount: field(integer({ unit: 'occasion', max: 1000 }), text('活动总次数(讲座在内),不逐次列出时填', 'Number of occasions, lectures included, where they are not listed')),
        minutesEach: field(amount('minute'), text('每次的分钟数(不一致时填最短的),不逐次列出时填', 'Minutes of each occasion (of the shortest if they differ), where they are not listed')),
        lectureCount: field(integer({ unit: 'occasion', max: 1000 }), text('其中讲座的次数,不逐次列出时填', 'How many of them were lectures, where they are not listed')),
      }),
      50,
    ),
    meaning: text('实践体验系列活动,每个系列一条;没有则为空列表', 'Series of practice occasions, one record each; an empty list when there are none'),
    suppliedBy: 'school',
    sensitivity: 'internal',
  },
  {
    name: 'practiceStandIn',
    type: record({
      category: field(choice(OTHER_CATEGORIES), text('代替实践体验的学分原属的类别', 'The category of the credits that are to stand in for practice')),
      credits: field(amount('credit'), text('学分数,如 "2"', 'How many credits, such as "2"')),
    }),
    nullable: true,
    meaning: text('拟以其他类别的学分代替实践体验学分时填写;null 为无此请求', 'Credits of another category that are to stand in for practice; null when nobody asks for that'),
    suppliedBy: 'school',
    sensitivity: 'personal',
    default: { value: null, because: text('未提出以其他类别代替', 'nobody asked for another category to stand in'), quiet: true },
  },
  {
    name: 'onStudyLeave',
    type: boolean(),
    meaning: text('教师是否离岗学习', 'Whether the teacher is on study leave (离岗学习)'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'outsideCreditDecision',
    type: record({
      credits: field(amount('credit'), text('区核定的学分数,如 "2.5"', 'Credits that the district has decided, such as "2.5"')),
    }),
    nullable: true,
    meaning: text('区对跨区域、跨系统或个性化学习学分的核定;null 为尚未核定', 'The district’s recorded decision on credits learnt in another region or system or individually; null: none yet'),
    suppliedBy: 'district',
    sensitivity: 'personal',
  },
  {
    name: 'specialWork',
    type: listOf(
      record({
        activity: field(choice(ACTIVITIES), text('工作或培训的种类', 'The kind of work or training')),
        volume: field(amount('classHour'), text('工作量,按区办法的计量单位', 'How much, in the unit of the district’s method')),
      }),
      100,
    ),
    meaning: text('要折算的高级教师研究、引领工作或校(园)长培训', 'A senior teacher’s research and leading work, or a principal’s training, to be converted'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'districtSpecialMethod',
    type: listOf(
      record({
        activity: field(choice(ACTIVITIES), text('工作或培训的种类', 'The kind of work or training')),
        creditsPerUnit: field(amount('credit'), text('每一计量单位折合的学分', 'Credits for each unit of volume')),
      }),
      20,
    ),
    meaning: text('区公布的高级教师自主研修与校(园)长培训学分折算办法', 'The district’s published method of converting senior teachers’ work and principals’ training'),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: DISTRICT },
  },
  {
    name: 'taughtTraining',
    type: record({
      minutes: field(amount('minute'), text('实际授课的分钟数(与学时填其一)', 'Minutes of teaching (these or the class hours)')),
      classHours: field(amount('classHour'), text('实际授课的学时数(45分钟一学时)', 'Class hours of teaching, of 45 minutes')),
      level: field(choice(TRAINING_LEVELS), text('所授培训的级别', 'Level of the training that was taught')),
      category: field(choice(TRAINING_CATEGORIES), text('所授培训的类别(模块)', 'Category (module) of the training that was taught')),
    }),
    meaning: text('优秀教师、校长承担的培训授课', 'Teaching of a training by an outstanding teacher or principal'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
  },
  {
    name: 'districtTeachingHoursPerCredit',
    type: amount('classHour', { min: '0.01' }),
    nullable: true,
    meaning: text('区另行规定的授课折算:多少学时为1学分;null 为未另行规定', 'Class hours of teaching for one credit where the district has set another rate; null: it has set none'),
    suppliedBy: 'district',
    sensitivity: 'public',
    default: { value: null, because: text('未说明区另有规定,按第二部分第1条', 'no other rate of the district was stated: that of part 2 clause 1') },
  },
];
