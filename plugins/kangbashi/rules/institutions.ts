import { allOf, atLeast, type Check, complete, credit, dataRule, eachYear, either, eligibility, holds, is, onlyFor, part, row, type RuleSpec, text, workflow } from '../../../src/plugin-kit.ts';
import { notExited, published } from '../formulas/days-reached.ts';
import { ASPECT_NAMES, starRating } from '../formulas/star-rating.ts';
import { notExitedPart, UNITED } from './masters.ts';

const completeRating: Check = complete('rating', [...ASPECT_NAMES, 'departmentAssessedOn', 'parentsAssessedOn'], {
  help: text('五个方面和两种评价方式缺一,评价无效。', 'A rating that lacks an aspect or a way of assessing is invalid.'),
});
const INVALID = text('评价不完整,无效。', 'An incomplete rating is invalid.');

const group = (name: string, zh: string, en: string) =>
  part(text(zh, en), is('jointTeam.groups', [name], { code: 'INCOMPLETE', help: text(`团队缺少${zh}。`, `The team lacks ${en}.`) }));

const organises = (name: string, zh: string, en: string) =>
  part(text(zh, en), holds(`institutionTraining.${name}`, { code: 'NOT_DONE', help: text(`机构须定期组织${zh}。`, `The institution has to organise ${en} regularly.`) }));

export const institutions: readonly RuleSpec[] = [
  eligibility({
    id: 'kb-2022-offcampus/3-stars',
    source: UNITED,
    topic: 'off-campus/star-rating',
    summary: text('机构从五个方面评定星级,主管部门定期考核、家长线上评价,结果公示。', 'Institutions get stars from five aspects, assessed by the department periodically and by parents online; results are published.'),
    reading: {
      name: 'method-unpublished',
      text: text('两个问题:评价是否完整(五个方面、两种方式,缺则无效并指明);评几星——权重、星数、分数线未载明,公布前无法确定,公布后随评价一并显示。完成而未公示的,未履行公示义务。', 'Two questions: is a rating complete (five aspects, both ways of assessing; else invalid, naming what is missing), and how many stars it gives: weights, number of stars and thresholds are not stated, so that is undetermined until the district publishes them; they are shown with every rating. A finished rating that is not published does not meet the duty to publish.'),
    },
    check: allOf({
      complete: part(text('评价完整', 'a complete rating'), completeRating),
      stars: part(text('星数', 'number of stars'), onlyFor(completeRating, starRating, INVALID)),
      published: part(text('结果公示', 'publication of the result'), onlyFor(completeRating, published, INVALID)),
      notExited: notExitedPart,
    }),
  }),
  workflow({
    id: 'kb-2022-offcampus/3-exit',
    source: UNITED,
    topic: 'off-campus/exit',
    summary: text('星级评价与退出机制相连,严格执行。', 'With the star rating goes an exit mechanism, strictly applied.'),
    reading: {
      name: 'threshold-unpublished',
      text: text('未载明退出线:公布前不论评价多低均无法确定。决定退出后,机构及其名师退出评级、工作室和白名单,不得再推荐或聘用。', 'No threshold is stated: whether someone has to leave is undetermined until the district publishes one, however low the rating. Once exit is decided, the institution and its masters leave rating, studio and whitelist and can no longer be offered or hired.'),
    },
    check: either(
      notExited,
      atLeast({ fact: 'institutionStars' }, { fact: 'exitThreshold' }, 'star', { help: text('星数低于退出线的机构须退出。', 'An institution with fewer stars than the threshold has to leave.') }),
      notExited,
    ),
  }),
  dataRule({
    id: 'kb-2022-offcampus/3-identities',
    source: UNITED,
    topic: 'off-campus/institution-record',
    summary: text('机构按名师工作室、星级、整改、黑白名单四类身份管理并向社会公布。', 'Each institution is managed and published under four identities: studio, star level, rectification, black or white list.'),
    params: { institutions: 92, identities: ['名师工作室身份', '星级状态', '整改状态', '黑白名单'] },
    reading: {
      name: 'none-is-a-value',
      text: text('四类身份均为必填,“无”也须写明,缺项的予以退回并指明;四类始终向社会公布。仅限非学科类机构,其他予以拒绝。', 'All four are required; “none” is a value and has to be stated, a record that lacks one is refused and names it. All four are always shown to the public. Non-academic institutions only: others are refused.'),
    },
    check: allOf({
      kind: part(text('非学科类机构', 'a non-academic institution'), is('institutionKind', ['nonAcademic'], { code: 'REFUSED', help: text('只登记校外非学科类培训机构。', 'Only non-academic off-campus institutions are recorded.') })),
      identities: part(text('四类身份', 'the four identities'), complete('institution', ['studio', 'starLevel', 'rectification', 'listing'])),
    }),
  }),
  credit({
    id: 'kb-2022-offcampus/3-hours',
    source: UNITED,
    topic: 'credit/yearly',
    summary: text('少年宫和校外培训机构教师每年参加政治与业务培训不少于200学时,机构须定期组织两类培训。', 'Teachers of youth palaces and off-campus institutions get at least 200 class hours of political and professional training a year; the institutions organise both regularly.'),
    params: { classHoursPerYear: 200 },
    reading: {
      name: 'calendar-year',
      text: text('按公历年逐年检验,不结转,2022年按全年计;仅限校外培训机构和少年宫教师。学时长度及两类各占多少未载明;只组织其中一类的机构未尽义务。', 'Calendar years, each a finding, nothing carried over, 2022 as a whole year; off-campus and youth-palace teachers only. The length of an hour and a split of the 200 are not stated; an institution that organises only one of the two kinds does not meet its duty.'),
    },
    check: either(
      is('institutionTraining', [null]),
      onlyFor(
        is('staffKind', ['offCampus', 'youthPalace']),
        eachYear(row({ ledger: 'kb-hours', figure: 'trainingHours', sees: [{ pool: 'training', where: {} }], required: { param: 'classHoursPerYear' } }), {
          year: 'year',
          role: { list: 'employments', where: {}, from: 'from', to: 'to' },
        }),
        text('只约束校外培训机构和少年宫教师。', 'Binds teachers of off-campus institutions and youth palaces only.'),
      ),
      allOf({ political: organises('political', '政治学习', 'political study'), professional: organises('professional', '业务培训', 'professional training') }),
    ),
  }),
  dataRule({
    id: 'kb-2022-offcampus/3-joint-research',
    source: UNITED,
    topic: 'off-campus/joint-research',
    summary: text('校外工作室、少年宫和校内教师按专业组成联合教研团队,由名师带领。', 'Studio, youth-palace and school teachers of a field form joint research teams led by a master.'),
    reading: { name: 'all-three-groups', text: text('三类教师和带头名师缺一不可,缺少的予以指明。', 'All three groups and a leading master are needed; what is missing is named.') },
    check: allOf({
      studio: group('studio', '校外工作室教师', 'studio teachers'),
      youthPalace: group('youthPalace', '少年宫教师', 'youth-palace teachers'),
      school: group('school', '校内教师', 'school teachers'),
      leader: part(text('名师带领', 'led by a master'), holds('jointTeam.ledByMaster', { code: 'INCOMPLETE', help: text('团队须由一名名师带领。', 'A master has to lead the team.') })),
    }),
  }),
];
