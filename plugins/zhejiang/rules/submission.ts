import { allOf, allowed, anyOf, atMost, type Check, complete, conversion, dataRule, either, eligibility, equals, holds, is, not, notKnown, onlyFor, part, pending, quota, type RuleSpec, text } from '../../../src/plugin-kit.ts';
import { COUNTED, onCount } from '../formulas/given.ts';

const STRICT = { document: 'zj-2019-357', clause: '三(一)' };
const ONLINE_90 = 'zj-2019-357/3.1-online-90';

export const isProvinceWide: Check = is('project.scope', ['provinceWide']);

/** Provincial training of exactly the credits that have a rule of their own. */
const isProvincial90: Check = allOf({
  scope: part(text('面向全省', 'province-wide'), isProvinceWide),
  credits: part(text('90学分培训', '90-credit training'), equals({ fact: 'project.credits' }, { param: 'credits', rule: ONLINE_90 }, 'credit')),
});

/** Wholly online training by an institution of distance training is not blended. */
const isDistanceTraining: Check = allOf({
  online: part(text('全部线上', 'wholly online'), is('project.delivery', ['online'])),
  institution: part(text('承担远程培训的机构', 'institution of distance training'), is('institution.kinds', ['distance'])),
});

const EXPERT_FIELDS = ['name', 'unit', 'title', 'specialty', 'contact'];
const JUSTIFICATION = ['resources', 'management', 'model', 'effect'].map((name) => `justification.${name}`);

const limitedShare: Check = allOf(
  {
    share: part(
      text('线上学分占总学分之比', 'online credits as a share of all'),
      atMost({ share: [{ fact: 'project.onlineCredits' }, { fact: 'project.credits' }] }, { param: 'onlineShare' }, 'share', { help: text('减少线上学分,或改为面授。', 'Lower the online credits, or teach face to face.') }),
    ),
    justification: part(
      text('采用混合式的理由', 'why it is blended'),
      complete('project', JUSTIFICATION, { help: text('写明资源、管理、模式、效果四个方面,或改为面授。', 'State resources, management, model and effect, or teach face to face.') }),
    ),
  },
  'share',
);

const DISTANCE_ONLY = text('由承担远程培训的机构全部线上实施的,不是混合式。', 'Wholly online training by an institution of distance training is not blended.');

export const submissionRules: readonly RuleSpec[] = [
  eligibility({
    id: 'zj-2019-357/3.1-staff',
    source: STRICT,
    topic: 'project/lead/staff',
    summary: text('项目负责人须为申报单位正式员工。', 'The lead is a regular employee of the submitting body.'),
    check: holds('lead.regularEmployee', { help: text('另请一名本单位正式员工担任项目负责人。', 'Name a lead who is a regular employee of the body.') }),
  }),
  eligibility({
    id: 'zj-2019-357/3.1-title',
    source: STRICT,
    topic: 'project/lead/title',
    inPrinciple: true,
    summary: text('面向全省的项目,负责人原则上具有副高以上职称。', 'For province-wide projects the lead has in principle a vice-senior title or higher.'),
    reading: {
      name: 'recorded-exception-only',
      text: text('没有副高以上职称的不符合,除非省里已记录例外;市县自办项目不受此限。', 'Without such a title it is not met, unless the province has recorded an exception. Local projects are not concerned.'),
    },
    check: onlyFor(
      isProvinceWide,
      anyOf({
        title: part(text('副高以上职称', 'vice-senior title or higher'), is('lead.title', ['viceSenior', 'senior'], { help: text('另请一名副高以上的负责人,或报省里记录例外。', 'Name a lead with a vice-senior title or higher, or have the province record an exception.') })),
        exception: part(text('省里记录的例外', 'an exception recorded by the province'), holds('titleExceptionRecorded', { help: text('由省里记录例外。', 'An exception is recorded by the province.') })),
      }),
      text('只约束面向全省的项目。', 'Concerns province-wide projects alone.'),
    ),
  }),
  quota({
    id: 'zj-2019-357/3.1-lead-sessions',
    source: STRICT,
    topic: 'project/lead-sessions',
    summary: text('每位项目负责人最多申报4个班期。', 'A lead submits at most 4 sessions.'),
    params: { sessions: 4 },
    reading: {
      name: 'all-projects-of-the-round',
      text: text('本轮该负责人的全部项目合计,不论单位和面向范围;已撤回和未通过的不算。', 'Counted over all the lead’s projects in the round, whatever the institution and scope; withdrawn and rejected ones do not count.'),
    },
    check: onCount('lead.sessions', { status: COUNTED }, 'lead.sessionsInRound', (before) =>
      atMost({ sum: [before, { fact: 'sessionsInSubmission' }] }, { param: 'sessions' }, 'session', {
        yields: 'placesLeft',
        help: text('撤回一个班期,或另请一名负责人。', 'Withdraw a session, or name another lead.'),
      }),
    ),
  }),
  eligibility({
    id: 'zj-2019-357/3.1-specialty',
    source: STRICT,
    topic: 'project/specialty',
    summary: text('各机构以本机构的专业特色申报项目。', 'Projects fit the institution’s own specialty.'),
    reading: {
      name: 'judged-by-the-reviewer',
      text: text('由审核人判断,并记入审核。', 'Judged by the reviewer and recorded in the review.'),
    },
    check: either(
      is('review.fitsSpecialty', [null]),
      pending(text('审核人判断项目是否符合本机构专业特色', 'the reviewer’s judgement whether the project fits the institution’s specialty')),
      holds('review.fitsSpecialty', { help: text('改报与本机构专业特色相符的项目。', 'Submit a project of the institution’s own specialty.') }),
    ),
  }),
  quota({
    id: ONLINE_90,
    source: STRICT,
    topic: 'project/online-share/provincial-90',
    inPrinciple: true,
    summary: text('省级90学分培训原则上不采用混合式;确有理由的,线上学分不超过总学分的1/4。', 'Provincial 90-credit training is in principle not blended; where justified, online credits are at most 1/4 of the total.'),
    params: { credits: 90, onlineShare: '1/4' },
    reading: {
      name: 'justified-in-four-respects',
      text: text('混合式而未写明资源、管理、模式、效果四个方面理由的,不符合;恰为1/4可以,按分数精确计算。只管省级:市县的90学分培训适用1/3。', 'Blended without a justification that states all four (resources, management, model, effect) is not met. Exactly 1/4 is allowed; shares are exact fractions. Provincial only: for 90-credit training of a city or county the share is 1/3.'),
    },
    check: onlyFor(
      isProvincial90,
      either(is('project.delivery', ['faceToFace']), allowed(), onlyFor(not(isDistanceTraining), limitedShare, DISTANCE_ONLY)),
      text('只管省级90学分培训。', 'Concerns provincial 90-credit training alone.'),
    ),
  }),
  quota({
    id: 'zj-2019-357/3.1-online-other',
    source: STRICT,
    topic: 'project/online-share/other',
    summary: text('其他培训采用混合式的,线上学分不超过1/3。', 'Other blended training: online credits at most 1/3.'),
    params: { onlineShare: '1/3' },
    reading: {
      name: 'same-conditions',
      text: text('条件与1/4相同:须写明资源、管理、模式、效果。由承担远程培训的机构全部线上实施的不是混合式,不适用。', 'The same conditions as for the 1/4: a justification by resources, management, model and effect. A project wholly online, by an institution of distance training, is not blended and not concerned.'),
    },
    check: onlyFor(
      allOf({
        other: part(text('不是省级90学分培训', 'not provincial 90-credit training'), not(isProvincial90)),
        blended: part(text('含线上培训', 'partly or wholly online'), is('project.delivery', ['blended', 'online'])),
        notDistance: part(text('不是远程培训', 'not distance training'), not(isDistanceTraining)),
      }),
      limitedShare,
      text('只管省级90学分培训以外的混合式培训。', 'Concerns blended training other than provincial 90-credit training.'),
    ),
  }),
  conversion({
    id: 'zj-2019-357/3.1-conversion',
    source: STRICT,
    topic: 'credit/conversion/online',
    summary: text('线上等学分严格按学分制管理办法折算。', 'Online and other credits are converted strictly by the credit rules.'),
    reading: {
      name: 'shares-of-converted-credits',
      text: text('占比按折算后的学分计算。学分制管理办法的折算条款未读,折算率不得而知。', 'Shares are computed on converted credits. The conversion itself stands in articles of the credit rules that were not read: no rate is known.'),
    },
    check: either(
      is('project.creditsConverted', [null]),
      notKnown(text('学分制管理办法的折算条款(未读)', 'the conversion in the credit rules (not read)')),
      holds('project.creditsConverted', { help: text('先按学分制管理办法折算学分,再计算占比。', 'Convert the credits by the credit rules first; shares are computed on them.') }),
    ),
  }),
  dataRule({
    id: 'zj-2019-357/6.1-experts',
    source: { document: 'zj-2019-357', clause: '六(一)' },
    topic: 'project/experts',
    summary: text('申报时录入授课专家的基本信息。', 'Basic data of the experts who will teach are entered with the submission.'),
    reading: {
      name: 'five-fields',
      text: text('每位专家的姓名、单位、职称、专业、联系方式均为必填(平台公布的字段要求未读)。', 'Name, unit, title, specialty and contact of each expert are required (the official list of fields was not read).'),
      values: { fields: EXPERT_FIELDS },
    },
    check: allOf({
      listed: part(text('录入授课专家', 'experts are entered'), complete('project', ['experts'], { help: text('至少录入一名授课专家。', 'Enter at least one expert.') })),
      fields: part(text('每位专家的五项信息', 'five fields of each'), complete('project.experts', EXPERT_FIELDS, { help: text('补全每位专家的姓名、单位、职称、专业、联系方式。', 'Fill in name, unit, title, specialty and contact of each expert.') })),
    }),
  }),
];
