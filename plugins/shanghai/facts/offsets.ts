import { amount, boolean, choice, dayType, type FactSpec, field, listOf, record, text, type Text, textType } from '../../../src/plugin-kit.ts';
import { CATEGORIES, LEVELS } from '../ledgers/coordinates.ts';

const NOT_CONCERNED = text('不涉及', 'not concerned');
export const TRAINING_OF: Readonly<Record<string, Text>> = { teacher: text('教师培训学分', "teachers' training"), principal: text('校(园)长培训学分', "principals' training") };

export const DISTRICT_GROUNDS: Readonly<Record<string, Text>> = {
  principalTraining: text('校(园)长培训', "principals' training"),
  individualSelection: text('区级个性化选学', 'individual selection at district level'),
  districtBase: text('区级研修基地学习', "study at a district's base"),
  specialActivity: text('区级专题研修活动', 'special activities of the district'),
  courseDevelopment: text('开发区级培训课程', 'developing district courses'),
  teaching: text('区级培训授课', 'teaching district courses'),
  other: text('其他', 'something else'),
};

/** Questions about a single offset, apart from anyone's transcript. */
export const offsetFacts: readonly FactSpec[] = [
  {
    name: 'move',
    type: record({
      fromLevel: field(choice(LEVELS), text('学分现有的级别。', 'Level that the credits have.')),
      toLevel: field(choice(LEVELS), text('要冲抵的级别。', 'Level that they are to count at.')),
      fromCategory: field(choice(CATEGORIES), text('学分现有的类别;问及数额时须给出。', 'Category that the credits have; asked for with an amount.'), false, text('不涉及类别', 'no category is concerned')),
      toCategory: field(choice(CATEGORIES), text('要冲抵的类别;缺省为与现有类别相同。', 'Category that they are to count in. Absent: the same.'), false, text('与现有类别相同', 'the same')),
      fromTraining: field(choice(TRAINING_OF), text('学分属于教师培训还是校(园)长培训;缺省为不涉及。', "Whether the credits are teachers' or principals'. Absent: not concerned."), false, NOT_CONCERNED),
      toTraining: field(choice(TRAINING_OF), text('要冲抵教师培训还是校(园)长培训的学分;缺省为不涉及。', "Whether teachers' or principals' credits are to be offset. Absent: not concerned."), false, NOT_CONCERNED),
      organiser: field(
        choice({ ministry: text('教育部或其认可的单位', 'the Ministry of Education or a body that it recognises'), municipalOffice: text('市教师专业发展工程领导小组办公室或其委托单位', 'the municipal office or a body that it commissioned'), other: text('其他', 'someone else') }),
        text('国家级、市级专项培训项目的组织者;缺省为与所给级别相符。', 'Who runs the national or municipal special programme. Absent: as its level says.'),
        false,
        text('与所给级别相符', 'as its level says'),
      ),
      degree: field(
        record({
          certificate: field(boolean(), text('是否有毕业证书或学历证书。', 'Whether there is a certificate of graduation or degree.')),
          higherThanHeld: field(boolean(), text('是否高于原有学历。', 'Whether it is above the degree held before.')),
        }),
        text('学历进修的学分;缺省或null:不是。', 'The credits come from study for a degree. Absent or null: no.'),
        true,
        text('不是学历进修', 'no degree'),
      ),
      onStudyLeave: field(boolean(), text('是否离岗学习;缺省为否。', 'Whether the teacher is on study leave. Absent: no.'), false, text('否', 'no')),
      amount: field(amount('credit', { perWhole: 100 }), text('要冲抵的学分;缺省:只问是否允许。', 'Credits to be moved. Absent: only whether it is allowed is asked.'), false, text('只问是否允许', 'only whether it is allowed is asked')),
      heldInFrom: field(amount('credit', { perWhole: 100 }), text('现有级别和类别下持有的学分(含其信息技术课程);自身有须修学分的单元必填,其他单元缺省为足够。', 'Credits held at the level and in the category that they come from (its IT course included). Asked for where that cell needs credits itself; elsewhere absent: enough.'), false, text('自身无须修学分的单元:足够', 'enough, where the cell needs none itself')),
      neededInFrom: field(amount('credit', { perWhole: 100 }), text('现有级别和类别自身须修的学分(含其信息技术课程);缺省按规定的最低学分。', 'Credits that their own level and category needs (its IT course included). Absent: the minimum of the rules.'), false, text('规定的最低学分', 'the minimum of the rules')),
    }),
    meaning: text('单独询问的一次冲抵。', 'A single offset that is asked about.'),
    suppliedBy: 'caller',
    sensitivity: 'public',
  },
  {
    name: 'itClaim',
    type: record({
      course: field(choice({ general: text('通识课程', 'general course'), professional: text('专业课程', 'professional course'), applied: text('实践应用课程', 'applied course') }), text('完成的课程。', 'Course completed.')),
      certificate: field(boolean(), text('是否有信息技术应用能力提升工程结业证明。', 'Whether there is the certificate of the IT-ability programme.')),
      credits: field(amount('credit', { perWhole: 100 }), text('申请冲抵的学分。', 'Credits claimed.')),
      level: field(choice(LEVELS), text('申请冲抵的级别;缺省为规定的级别。', 'Level claimed. Absent: the one of the course.'), false, text('该课程规定的单元', 'the one of the course')),
      category: field(choice(CATEGORIES), text('申请冲抵的类别;缺省为规定的类别。', 'Category claimed. Absent: the one of the course.'), false, text('该课程规定的单元', 'the one of the course')),
    }),
    meaning: text('凭信息技术应用能力提升工程结业证明申请冲抵的学分(3.5)。', 'Credits claimed with the certificate of the IT-ability programme (3.5).'),
    suppliedBy: 'teacher',
    sensitivity: 'personal',
  },
  {
    name: 'districtOffsets',
    type: listOf(
      record({
        ground: field(choice(DISTRICT_GROUNDS), text('冲抵的事由,须在市定范围之内。', 'Ground of the offset; only those listed by the city are within its bounds.'), false, text('不属于所列情形', 'none of those listed')),
        filedOn: field(dayType(), text('报市教师专业发展工程领导小组办公室备案的日期;null:未备案。', 'Day on which it was filed with the municipal office; absent or null: not filed.'), true, text('未备案', 'not filed')),
        name: field(textType(200), text('名称或说明;不影响判定。', 'Name or remark; decides nothing.')),
      }),
      50,
    ),
    meaning: text('区制定的区级学分冲抵办法(3.6)。', "The district's rules for offsetting district credits (3.6)."),
    suppliedBy: 'district',
    sensitivity: 'public',
    setting: { authority: text('教师所在区的教育行政部门', "the education authority of the teacher's district") },
  },
  {
    name: 'districtOffsetGround',
    type: choice(DISTRICT_GROUNDS),
    nullable: true,
    meaning: text('所问冲抵的事由;缺省:问所有已制定的办法。', 'The ground asked about. Absent: every rule that the district has set.'),
    suppliedBy: 'caller',
    sensitivity: 'public',
    default: { value: null, because: text('未指明事由', 'no ground was named'), quiet: true },
  },
];
