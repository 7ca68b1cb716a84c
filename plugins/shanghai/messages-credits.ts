import { type Text, text } from '../../src/plugin-kit.ts';

/** Sentences of the credit rules' formulas. */
export const creditMessages: Readonly<Record<string, Text>> = {
  'shanghai.taper-new-teacher': text('按区的递减表:{year}年进入教育系统的教师,以{credits}学分代替全额总量,其余各项按表或同比例。', "By the district's table: {credits} credits in place of the full total for who entered the system in {year}; its parts as the table says or in proportion."),
  'shanghai.taper-senior': text('按区的递减表:{year}年评聘的高级教师,以{credits}学分代替全额自主研修,其中部分按表或同比例。', "By the district's table: {credits} credits in place of the full self-directed training for who became a senior teacher in {year}; its parts as the table says or in proportion."),
  'shanghai.offset-national-refused': text('学分({from})不能冲抵({to}):国家级项目和市级专项培训只能冲抵市级学分(并由此冲抵区级),类别不变。', 'Credits ({from}) do not offset ({to}): national and municipal special programmes offset municipal credits alone (and through them district ones), in the same category.'),
  'shanghai.offset-organiser-refused': text('由其他单位组织的培训不是国家级项目或市级专项培训,不能依此冲抵:国家级项目须由教育部或其认可的单位组织,市级专项须由市教师专业发展工程领导小组办公室组织或委托。', 'A training run by someone else is no national or municipal special programme and offsets nothing by this clause: national ones are run by the Ministry or a body that it recognises, municipal special ones by the municipal office or on its commission.'),
  'shanghai.offset-levels-refused': text('学分({from})不能冲抵({to}):只有市级学分可冲抵区级学分,类别不变。', 'Credits ({from}) do not offset ({to}): only municipal credits offset district credits, in the same category.'),
  'shanghai.offset-principal-refused': text('教师培训学分不能冲抵校(园)长培训学分。', "Teachers' training credits do not offset principals' training credits."),
  'shanghai.offset-category-refused': text('学分({from})不能冲抵({to}):除高一层次学历进修外,各类别不得相互冲抵。', 'Credits ({from}) do not offset ({to}): apart from study for a higher degree no category offsets another.'),
  'shanghai.offset-over-surplus': text('要求冲抵{amount}学分,原单元持有{held}学分、自身须修{needed}学分,余额为{surplus}学分;不予同意,学分留在原处。', '{amount} credits were to move; the cell holds {held} and needs {needed} itself, so {surplus} are left over. Refused; the credits stay.'),
  'shanghai.offset-it-other-cell': text('{course}只能计入{own},不能计入{claimed}。', 'The {course} counts in {own} only, not in {claimed}.'),
  'shanghai.offset-it-rest-refused': text('申请{claimed}学分,同意{granted}学分,其余{rest}学分不予同意。', '{claimed} credits claimed, {granted} granted, the other {rest} refused.'),
  'shanghai.offset-district-ground': text('事由“{ground}”不在市定范围之内。', 'The ground “{ground}” is not among those that the city lists.'),
  'shanghai.offset-district-none': text('区未就此制定冲抵办法,故不能冲抵。', 'The district has set no rule for this, so nothing is offset.'),
  'shanghai.offset-district-not-filed': text('冲抵办法尚未报市教师专业发展工程领导小组办公室备案,备案后方可冲抵。', 'The rule was not filed with the municipal office; it holds once it is.'),
  'shanghai.offset-district-not-yet': text('冲抵办法于{filedOn}备案,此前不生效。', 'The rule was filed on {filedOn} and is not in force before.'),
};
