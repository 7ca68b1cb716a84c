import { allOf, atMost, type Check, either, is, not, onlyFor, part, quota, type Reading, type RuleSpec, type Text, text } from '../../../src/plugin-kit.ts';
import { COUNTED, isPublished, onCount } from '../formulas/given.ts';
import { localLimitNotPublished } from '../formulas/local-limit.ts';
import { recognisedForLessThan } from '../formulas/recognition.ts';
import { isProvinceWide } from './submission.ts';

const PART_FOUR = { document: 'zj-2019-357', clause: '四' };

const NEXT_ONE: Reading = {
  name: 'province-wide-in-order',
  text: text('只计面向全省的项目,已撤回和未通过的不算;达到上限后,按申报先后,下一个不予受理。认定为两类的,适用较低的上限。', 'Only province-wide projects count, withdrawn and rejected ones do not; at the limit the next one is refused, in order of submission. An institution recognised for two kinds has the lower limit.'),
  values: { thisProject: 1 },
};

const isKind = (kind: string): Check => is('institution.kinds', [kind]);

/** The projects submitted before and this one, against the limit. */
const withinLimit: Check = onCount('institution.projects', { scope: ['provinceWide'], status: COUNTED }, 'institution.projectsInRound', (before) =>
  atMost({ sum: [before, { reading: 'thisProject' }] }, { param: 'projects' }, 'project', {
    yields: 'placesLeft',
    help: text('撤回一个已申报的项目,或与市县合作申报。', 'Withdraw a project submitted before, or submit one together with a locality.'),
  }),
);

const withinLocalLimit: Check = onCount('locality.projects', { status: COUNTED }, 'locality.projectsInRound', (before) =>
  atMost({ sum: [before, { reading: 'thisProject' }] }, { fact: 'localProjectLimit' }, 'project', {
    yields: 'placesLeft',
    help: text('撤回一个已申报的项目,或请当地调整上限。', 'Withdraw a project submitted before, or ask the locality for another limit.'),
  }),
);

/** A quota of those whose lowest kind this is. */
const kindQuota = (slug: string, projects: number, kind: string, lower: readonly string[], label: Text, summary: Text): RuleSpec =>
  quota({
    id: `zj-2019-357/4-quota-${slug}`,
    source: PART_FOUR,
    topic: `project/quota/${slug}`,
    summary,
    params: { projects },
    reading: NEXT_ONE,
    check: onlyFor(
      allOf({
        scope: part(text('面向全省', 'province-wide'), isProvinceWide),
        kind: part(label, isKind(kind)),
        ...Object.fromEntries(lower.map((other) => [other, part(text('没有上限更低的类别', 'no kind with a lower limit'), not(isKind(other)))])),
      }),
      withinLimit,
      text('只管该类机构面向全省的项目。', 'Concerns province-wide projects of institutions of this kind alone.'),
    ),
  });

export const quotaRules: readonly RuleSpec[] = [
  kindQuota(
    '80',
    80,
    'namedUniversity',
    ['otherProvinceWide', 'distance'],
    text('浙江师范大学、杭州师范大学', 'Zhejiang Normal University, Hangzhou Normal University'),
    text('面向全省的项目,浙江师范大学、杭州师范大学各限报80项。', 'Province-wide projects: Zhejiang Normal University and Hangzhou Normal University at most 80 each.'),
  ),
  kindQuota(
    '50',
    50,
    'otherProvinceWide',
    ['distance'],
    text('其他高校和面向全省的机构', 'other universities and institutions training province-wide'),
    text('其他高校和面向全省开展教师培训的机构限报50项。', 'Other universities and institutions training province-wide: at most 50.'),
  ),
  kindQuota('35', 35, 'distance', [], text('承担远程培训的机构', 'institutions of distance training'), text('承担远程培训的机构限报35项。', 'Institutions of distance training: at most 35.')),
  quota({
    id: 'zj-2019-357/4-quota-8',
    source: PART_FOUR,
    topic: 'project/quota/8',
    summary: text('认定资质不满一年的机构限报8项。', 'Institutions recognised for less than one year: at most 8.'),
    params: { projects: 8 },
    reading: {
      name: 'one-year-is-full',
      text: text('与所属类别的上限并用,以8项为准;认定时间计至申报之日,恰满一年的不再是“不满一年”。', 'On top of the limit of the kind, and then 8 binds. The age of the recognition is measured on the day of submission; exactly one year is no longer "less than one year".'),
      values: { years: 1, exactYearIsNew: 0, thisProject: 1 },
      alternatives: [{ name: 'still-new', text: text('恰满一年的当天仍算不满一年。', 'On the day on which it is exactly one year old it is still "less than one year".'), values: { exactYearIsNew: 1 } }],
    },
    check: onlyFor(
      allOf({
        scope: part(text('面向全省', 'province-wide'), isProvinceWide),
        age: part(text('认定不满一年', 'recognised for less than one year'), recognisedForLessThan),
      }),
      withinLimit,
      text('只管认定不满一年的机构面向全省的项目。', 'Concerns province-wide projects of institutions recognised for less than one year.'),
    ),
  }),
  quota({
    id: 'zj-2019-357/4-quota-local',
    source: PART_FOUR,
    topic: 'project/quota/local',
    summary: text('各地项目数上限由各地设定。', 'Localities set the number of their own projects.'),
    reading: {
      name: 'published-by-the-locality',
      text: text('上限由各地公布;未公布的,本项无法确定并指明该地,申报不因此被拒绝。公布后,按申报先后,超出的下一个不予受理。', 'The limit is published by the locality. Without one this is undetermined and names the locality, and the submission is not refused for it; with one, the next project over it is refused, in order of submission.'),
      values: { thisProject: 1 },
    },
    check: onlyFor(is('project.scope', ['local']), either(isPublished('localProjectLimit'), withinLocalLimit, localLimitNotPublished), text('只管市县自办的项目。', 'Concerns projects of a city or county alone.')),
  }),
];
