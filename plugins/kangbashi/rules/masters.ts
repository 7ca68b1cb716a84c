import { allOf, complete, dataRule, eligibility, holds, is, onlyFor, part, remark, type RuleSpec, steps, text, workflow } from '../../../src/plugin-kit.ts';
import { notExited } from '../formulas/days-reached.ts';

const DOCUMENT = 'kb-2022-offcampus';
export const TOGETHER = { document: DOCUMENT, clause: '同题共答' };
export const IN_TUNE = { document: DOCUMENT, clause: '同频共振' };
export const UNITED = { document: DOCUMENT, clause: '同心协力' };

export const notExitedPart = part(text('未被决定退出', 'no exit decided'), notExited);

const judged = (name: string, zh: string, en: string) =>
  part(
    text(zh, en),
    allOf({
      met: part(text('认定符合', 'judged met'), holds(`studio.${name}.met`, { help: text(`须使“${zh}”达到要求。`, `This condition has to be met: ${en}.`) })),
      remark: part(text('认定意见', 'remark'), complete(`studio.${name}`, ['remark'])),
    }),
  );

export const masters: readonly RuleSpec[] = [
  workflow({
    id: 'kb-2022-offcampus/1-selection',
    source: TOGETHER,
    topic: 'off-campus/master-selection',
    summary: text('校外名师经五个步骤依次评选,入选者列入白名单,由学校颁发聘书、为工作室授牌。', 'Off-campus masters are chosen in five steps in a fixed order; the chosen form the whitelist, with letters of appointment from schools and plaques for studios.'),
    params: { steps: ['个人申请', '机构推荐', '主管部门资格审查', '专家评审', '名师工作领导小组复核'], masters: 31, schools: 5, fields: ['美术', '音乐', '舞蹈'] },
    reading: {
      name: 'fixed-order',
      text: text('步骤次序固定,跳过或提前的予以退回并指明所缺步骤,任一步未通过即终止,只剩最后一步时为待办;仅限非学科类培训机构的教师。31位名师、5所学校为当时数字。', 'The order is fixed: a skipped or early step is refused and names what is missing, a failed step ends the application, and with only the last step open it is pending. Non-academic trainers only. 31 masters and 5 schools are the figures of the time.'),
    },
    check: onlyFor(is('institutionKind', ['nonAcademic']), steps('selectionSteps', { param: 'steps' }), text('只评选校外非学科类培训机构的教师。', 'Only trainers of non-academic off-campus institutions are chosen.')),
  }),
  eligibility({
    id: 'kb-2022-offcampus/1-studio',
    source: TOGETHER,
    topic: 'off-campus/studio',
    summary: text('设立名师工作室须同时具备五项准入条件;有名师的机构优先审批。', 'A master-teacher studio needs five conditions at once; institutions of masters are approved first.'),
    reading: {
      name: 'priority-is-order',
      text: text('五项条件逐项认定并附意见,缺一不可;优先只改变排队次序。', 'Each of the five is judged met or not with a remark and all are needed; priority changes the place in the queue and nothing else.'),
    },
    check: remark(
      'kangbashi.approved-first',
      allOf({
        teachingTime: judged('teachingTime', '名师教学时间充足', 'enough teaching time of the master'),
        management: judged('management', '机构管理运行规范', 'orderly management'),
        fees: judged('fees', '教育服务收费合理', 'reasonable fees'),
        fundSupervision: judged('fundSupervision', '资金收费监管严格', 'strict supervision of funds'),
        institutionNature: judged('institutionNature', '机构性质符合要求', 'a suitable kind of institution'),
        notExited: notExitedPart,
      }),
      { when: holds('institutionHasMaster') },
    ),
  }),
  dataRule({
    id: 'kb-2022-offcampus/2-directory',
    source: IN_TUNE,
    topic: 'off-campus/directory',
    summary: text('名师资源按平台、工作室、课程、名师四级目录编排。', 'Masters are listed in a directory of four levels: platform, studio, course, teacher.'),
    params: { levels: ['康巴什区校外培训服务管理平台', '校外名师工作室', '工作室课程', '工作室名师'] },
  }),
  dataRule({
    id: 'kb-2022-offcampus/2-modules',
    source: IN_TUNE,
    topic: 'off-campus/platform',
    summary: text('平台分三级,第三级为五个管理模块。', 'The platform has three levels, the third of which are five modules.'),
    params: { platform: { 1: ['康巴什区校外培训服务管理平台'], 2: ['康巴什安心培训'], 3: ['黑白名单', '星级评价', '资金监管', '校外名师资源库', '选课系统'] } },
    reading: { name: 'three-platform-levels', text: text('三级是平台的级,模块为第三级,与目录的四级不是一回事。', 'These are the three levels of the platform, not the four levels of the directory.') },
  }),
  workflow({
    id: 'kb-2022-offcampus/2-hire',
    source: IN_TUNE,
    topic: 'off-campus/hiring',
    summary: text('学校从按星级排列的名师资源库中聘用校外名师。', 'Schools hire off-campus masters from a pool ordered by star level.'),
    reading: { name: 'whitelist-only', text: text('只有白名单上的名师带星级入库,在库的即可聘用。', 'Only masters of the whitelist enter the pool, with their star level; who is in it can be hired.') },
    check: allOf({
      whitelist: part(text('在白名单上', 'on the whitelist'), holds('master.onWhitelist', { help: text('只能聘用白名单上的名师;须先通过评选。', 'Only a master on the whitelist can be hired; the selection comes first.') })),
      starLevel: part(text('带星级入库', 'in the pool with a star level'), complete('master', ['starLevel'])),
      notExited: notExitedPart,
    }),
  }),
  workflow({
    id: 'kb-2022-offcampus/2-student-selection',
    source: IN_TUNE,
    topic: 'off-campus/student-selection',
    summary: text('学生按科目、空闲时间、名师姓名选课,学校邀请、学生选择、家长评价。', 'Students choose masters’ courses by subject, free time and name; the school invites, the student chooses, the parent rates.'),
    params: { fields: ['教授科目', '空闲时间', '名师姓名'] },
    reading: { name: 'each-for-itself', text: text('三项检索要素均为课程必填项;学校邀请、学生选择、家长评价,互不代替。', 'All three keys are required fields of a course; the school invites, the student chooses and the parent rates, nobody for another.') },
    check: allOf({
      course: part(text('课程必填项', 'required fields of the course'), complete('course', ['subject', 'freeTime', 'masterName'])),
      invitation: part(text('学校邀请', 'invited by the school'), is('masterInvitedBy', [null, 'school'], { code: 'REFUSED', help: text('名师只能由学校邀请。', 'Only the school invites a master.') })),
      choice: part(text('学生选择', 'chosen by the student'), is('courseChosenBy', [null, 'student'], { code: 'REFUSED', help: text('课程只能由学生本人选择。', 'Only the student chooses a course.') })),
      rating: part(text('家长评价', 'rated by the parent'), is('masterRatedBy', [null, 'parent'], { code: 'REFUSED', help: text('名师只能由家长评价。', 'Only a parent rates a master.') })),
      notExited: notExitedPart,
    }),
  }),
];
