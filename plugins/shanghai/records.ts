import { type RecordsSpec, text } from '../../src/plugin-kit.ts';
import { LEVEL_NAMES } from './ledgers/coordinates.ts';

/** Credits of all years stand in one list; what was earned under other rules appears as learnt elsewhere (sh-2016-credit/2.3-elsewhere). */
export const records: RecordsSpec = {
  entries: [
    {
      fact: 'entries',
      status: { field: 'status', values: { declared: 'declared', reviewed: 'reviewed', recognised: 'recognised', refused: 'refused', reversed: 'reversed' } },
      columns: {
        id: text('记录编号', 'entry id'),
        course: text('课程', 'course title'),
        credits: text('学分', 'credits'),
        completedOn: text('完成日期', 'completed on'),
        level: text('级别', 'level'),
        category: text('类别', 'category'),
        subcategory: text('子类', 'subcategory'),
        itCourse: text('信息技术课程', 'IT course'),
        ability: text('能力', 'ability'),
        training: text('专题培训', 'special training'),
        selfDirected: text('自主研修', 'self-directed'),
        fullTime: text('脱产', 'full-time'),
        forSenior: text('计入高级教师18学分', 'for the 18 of senior teachers'),
        leading: text('辐射引领', 'leading'),
        'degree.certificate': text('学历证书', 'degree certificate'),
        'degree.higherThanHeld': text('高于原学历', 'above the degree held'),
        origin: text('来源', 'origin'),
        districtDecision: text('区核定文号', 'district decision'),
        status: text('状态', 'status'),
      },
      values: {
        level: LEVEL_NAMES,
        training: {
          headTeacher: text('班主任', 'head teacher'),
          trainer: text('培训者', 'trainer'),
          middleLeader: text('中层干部', 'middle leader'),
          principal: text('在任校长', 'serving principal'),
          qualification: text('任职资格', 'qualification'),
          probation: text('见习教师', 'probation'),
        },
      },
      elsewhere: { origin: 'elsewhere' },
    },
  ],
  person: [
    { fact: 'enteredSystemOn', column: text('进入教育系统日期', 'entered the system on') },
    { fact: 'seniorTitleOn', column: text('高级职称日期', 'senior title on') },
  ],
  institution: [{ fact: 'developmentSchool', column: text('教师专业发展学校', 'development school') }],
};
