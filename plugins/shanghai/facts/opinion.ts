import { amount, boolean, choice, dayType, type FactSpec, field, instantType, integer, listOf, record, text, textType } from '../../../src/plugin-kit.ts';
import { CATEGORIES } from '../ledgers/coordinates.ts';

const CAREER_STAGES = {
  novice: text('职初期', 'novice stage'),
  growing: text('成长期', 'growing stage'),
  mature: text('成熟期', 'mature stage'),
  top: text('高端教师', 'top stage'),
};
const { none: _withoutCategory, ...TRAINING_CATEGORIES } = CATEGORIES;
/** The stages of schooling that the online courses cover. */
export const SCHOOL_STAGES = {
  preschool: text('学前', 'preschool'),
  primary: text('小学', 'primary'),
  junior: text('初中', 'junior secondary'),
  senior: text('高中', 'senior secondary'),
  vocational: text('中职', 'secondary vocational'),
};
const FORMS = {
  lecture: text('专题讲座', 'lecture'),
  expertDialogue: text('专家互动', 'dialogue with experts'),
  onSiteDiagnosis: text('现场诊断', 'on-site diagnosis'),
  caseAnalysis: text('案例分析', 'case analysis'),
  lessonStudy: text('课例研究', 'lesson study'),
  topicDiscussion: text('主题探讨', 'topic discussion'),
  immersion: text('情境体验', 'experience in situation'),
  taskDriven: text('任务驱动', 'task-driven study'),
  reflection: text('实践反思', 'reflection on practice'),
  observationVisit: text('学习观摩', 'observation and visits'),
  classroomObservation: text('课堂观察', 'classroom observation'),
  courseDesign: text('课程设计', 'course design'),
  resourceDevelopment: text('资源开发', 'development of resources'),
  workshop: text('工作坊建设', 'workshop'),
  onlineStudy: text('网络研修', 'online study'),
  enterprisePractice: text('企业实践', 'enterprise practice'),
  other: text('其他方式', 'another form'),
};
/** The three assessments, under the names that the rule lists. */
const ASSESSMENTS = {
  培训前诊断性测评: text('培训前诊断性测评', 'diagnostic assessment before the training'),
  学习阶段测评: text('学习阶段测评', 'assessment in the learning stage'),
  实践阶段测评: text('实践阶段测评', 'assessment in the practice stage'),
};

export const opinionFacts: readonly FactSpec[] = [
  {
    name: 'trainingByLevel',
    type: record({
      municipal: field(amount('credit'), text('市级课程', 'Municipal courses')),
      district: field(amount('credit'), text('区级(中职为区级或职教集团级)课程', 'District courses (for vocational schools district or group)')),
      school: field(amount('credit'), text('校本研修', 'School-based training')),
    }),
    meaning: text('一名教师各级培训的量,同一单位即可(学分、学时或百分数),如 {"municipal": "6", "district": "14", "school": "20"}', 'How much training a teacher took at each level, in any one unit (credits, class hours or per cent), such as {"municipal": "6", "district": "14", "school": "20"}'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'textbookTrainingClaimedAs',
    type: choice(TRAINING_CATEGORIES),
    nullable: true,
    meaning: text('教材使用培训申报为哪一类课程;null 为未指明,按规定计入知识与技能', 'The category under which textbook training is claimed; null: none was named, so it is booked as the rule says'),
    suppliedBy: 'school',
    sensitivity: 'internal',
  },
  {
    name: 'careerStage',
    type: choice(CAREER_STAGES),
    meaning: text('教师所处的专业发展阶段', 'The stage of the teacher’s career'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'dualQualified',
    type: boolean(),
    meaning: text('中等职业学校教师是否认定为“双师型”教师', 'Whether the vocational teacher is recognised as dual-qualified (双师型)'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'enterpriseStays',
    type: listOf(
      record({
        months: field(amount('month'), text('这次实践的月数,如 "6"', 'Months that the stay lasted, such as "6"')),
        endedOn: field(dayType(), text('这次实践结束的日期,决定属于哪个五年', 'Day on which the stay ended; it says in which five years it lies')),
      }),
      100,
    ),
    meaning: text('在企业的实践经历;没有则为空列表。五年的第一天见 cycleStartOn', 'Stays in enterprises; an empty list when there were none. The first day of the five years is `cycleStartOn`'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'trainerManagement',
    type: record({
      partTimeTrainersRegistered: field(boolean(), text('兼职培训者是否登记在册', 'Whether part-time trainers are registered')),
      expertPoolByStageAndSubject: field(boolean(), text('是否按学段、学科建立项目专家库', 'Whether there is an expert pool by stage and subject')),
      trainersAppraised: field(boolean(), text('是否考核评价培训者', 'Whether trainers are appraised')),
      trainersCanLeave: field(boolean(), text('是否动态管理(可退出)', 'Whether trainers can leave the pool')),
    }),
    meaning: text('区对教师培训者队伍的管理', 'How a district manages its teacher trainers'),
    suppliedBy: 'district',
    sensitivity: 'public',
  },
  {
    name: 'resourceProvider',
    type: choice({ thirdParty: text('社会第三方', 'a third party'), municipal: text('市级', 'the municipality'), district: text('区级', 'a district'), school: text('学校', 'a school'), university: text('高校', 'a university') }),
    meaning: text('资源或课程由谁提供', 'Who provides the resource or course'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'resourceAdmitted',
    type: boolean(),
    meaning: text('第三方的资源或课程是否已按公布的条件准入', 'Whether the third party’s resource or course was admitted under the published conditions'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'developmentSchoolCounts',
    type: listOf(
      record({
        scope: field(choice({ district: text('一个区的中小学、幼儿园', 'the schools and kindergartens of one district'), vocational: text('全市中等职业学校', "the city's secondary vocational schools") }), text('统计范围', 'Which schools')),
        name: field(textType(100), text('名称,如区名', 'A name, such as the district’s')),
        schools: field(integer({ unit: 'school' }), text('学校总数', 'Number of schools')),
        developmentSchools: field(integer({ unit: 'school' }), text('其中市级或区级教师专业发展学校数', 'Of these municipal or district teacher development schools')),
      }),
      50,
    ),
    meaning: text('各区(及全市中职)的学校数与教师专业发展学校数,每个范围一条', 'Schools and teacher development schools of each district, and of the city’s vocational schools, one record each'),
    suppliedBy: 'district',
    sensitivity: 'public',
  },
  {
    name: 'courseGuidePublishedOn',
    type: dayType(),
    nullable: true,
    meaning: text('选课指南发布的日期;null 为没有发布', 'Day on which the course guide was published; null: it was not'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'onlineCourseCount',
    type: integer({ unit: 'course' }),
    meaning: text('研修一体网络课程的门数', 'Number of integrated online courses'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'onlineCourseStages',
    type: listOf(choice(SCHOOL_STAGES), 10),
    meaning: text('这些网络课程覆盖的学段', 'Stages of schooling that these online courses cover'),
    suppliedBy: 'platform',
    sensitivity: 'public',
  },
  {
    name: 'schoolActivities',
    type: listOf(
      record({
        title: field(textType(200), text('活动名称', 'Title of the activity')),
        form: field(choice(FORMS), text('研修方式,必填', 'Form of the activity; required')),
        topic: field(textType(200), text('专题', 'Topic')),
        careerStage: field(choice(CAREER_STAGES), text('面向的教师发展阶段', 'Career stage that it is meant for')),
      }),
      200,
    ),
    meaning: text('校本研修活动', 'School-based training activities'),
    suppliedBy: 'school',
    sensitivity: 'internal',
  },
  {
    name: 'itTraining',
    type: listOf(
      record({
        hours: field(amount('classHour'), text('学时,如 "10"', 'Class hours, such as "10"')),
        completedAt: field(instantType(), text('完成的时刻,如 "2017-11-05T16:30:00+08:00";只填日期即该日零时', 'When they were completed, such as "2017-11-05T16:30:00+08:00"; a bare day is its first instant')),
      }),
    ),
    meaning: text('逐条列出的信息技术应用能力培训学时;没有则为空列表', 'Class hours of IT-ability training one by one; an empty list when there are none'),
    suppliedBy: 'platform',
    sensitivity: 'personal',
    insteadOf: ['itHours'],
  },
  {
    name: 'itHours',
    type: amount('classHour'),
    meaning: text('已完成的信息技术应用能力培训学时合计,代替逐条列出(itTraining)', 'All class hours of IT-ability training completed, in place of the single items (`itTraining`)'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'itHoursReachedAt',
    type: instantType(),
    meaning: text('用合计数时:完成第50个学时的时刻', 'With the sum: when the 50th class hour was completed'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'itAssessments',
    type: listOf(choice(ASSESSMENTS), 10),
    meaning: text('已完成的信息技术应用能力测评;没有则为空列表', 'IT-ability assessments that were completed; an empty list when there are none'),
    suppliedBy: 'platform',
    sensitivity: 'personal',
  },
];
