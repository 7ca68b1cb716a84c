import { allOf, deadline, either, inside, is, part, refused, remark, type RuleSpec, type Text, text, windowOf } from '../../../src/plugin-kit.ts';
import { isAfterPublication } from '../formulas/after-publication.ts';

const source = (clause: string) => ({ document: 'zj-2019-357', clause });

const PUBLICATION_DAY = '2020-01-20';

const WINDOW_TEXT = text('起止两日均在内,从首日00:00到末日24:00(Asia/Shanghai)。所问时刻即行为的时刻。', 'Both days included, from 00:00 to 24:00 in Asia/Shanghai. The moment asked about is the moment of the act.');

/** A window in which something is done; whoever asks at a moment asks whether it may be done then. */
const actWindow = (slug: string, clause: string, topic: string, params: { from: string; to: string }, summary: Text, help: Text, more?: Text): RuleSpec =>
  deadline({
    id: `zj-2019-357/${slug}`,
    source: source(clause),
    topic,
    summary,
    params,
    reading: { name: 'both-days-included', text: more ? text(`${WINDOW_TEXT.zh}${more.zh}`, `${WINDOW_TEXT.en} ${more.en}`) : WINDOW_TEXT },
    check: windowOf({ at: true }, { param: 'from' }, { param: 'to' }, { help }),
  });

export const windowRules: readonly RuleSpec[] = [
  actWindow(
    '5.1-submission',
    '五(一)',
    'project/window/submission',
    { from: '2019-12-26', to: '2020-01-07' },
    text('培训机构于2019年12月26日至2020年1月7日申报项目。', 'Institutions submit projects from 2019-12-26 to 2020-01-07.'),
    text('只在申报时间内受理。', 'Projects are taken within the window alone.'),
  ),
  actWindow(
    '5.1-review',
    '五(一)',
    'project/window/review',
    { from: '2020-01-08', to: '2020-01-17' },
    text('地方教育行政部门于2020年1月8日至17日审核项目。', 'Local education authorities review projects from 2020-01-08 to 2020-01-17.'),
    text('只在审核时间内审核。', 'Projects are reviewed within the window alone.'),
    text('面向全省的项目由省在同一时间审核。', 'Province-wide projects are reviewed by the province in the same window.'),
  ),
  deadline({
    id: 'zj-2019-357/5.1-publication',
    source: source('五(一)'),
    topic: 'project/window/publication',
    summary: text('培训项目于2020年1月20日发布。', 'Projects are published on 2020-01-20.'),
    params: { day: PUBLICATION_DAY },
    reading: {
      name: 'only-what-was-reviewed',
      text: text('只发布审核通过的项目;发布日之前不予发布,之后仍予发布并标明逾期。', 'Only what was reviewed, and approved, is published. Before the day it is refused; after it it is still carried out and marked late.'),
    },
    check: remark(
      'zhejiang.published-late',
      allOf(
        {
          reviewed: part(
            text('已经审核通过', 'was reviewed'),
            either(
              is('review.result', [null]),
              refused(text('项目尚未审核,不能发布。', 'The project was not reviewed and cannot be published.'), 'NOT_DONE'),
              is('review.result', ['approved'], { help: text('未通过审核的项目不予发布。', 'A project that was rejected is not published.') }),
            ),
          ),
          day: part(
            text('发布日', 'day of publication'),
            windowOf({ at: true }, { param: 'day' }, { param: 'day' }, { lateIsCarriedOut: true, help: text('发布日之前不予发布。', 'Nothing is published before that day.') }),
          ),
        },
        'day',
      ),
      {
        when: allOf({ approved: part(text('审核通过', 'approved'), is('review.result', ['approved'])), late: part(text('已过发布日', 'after the day'), isAfterPublication) }),
        params: { day: PUBLICATION_DAY },
      },
    ),
  }),
  deadline({
    id: 'zj-2019-357/5.1-held',
    source: source('五(一)'),
    topic: 'project/window/held',
    summary: text('培训项目于2020年3月9日至8月31日举办。', 'Projects are held from 2020-03-09 to 2020-08-31.'),
    params: { from: '2020-03-09', to: '2020-08-31' },
    reading: {
      name: 'whole-session-inside',
      text: text('整个班期从首日到末日都在其中。', 'The whole session lies inside, first day to last.'),
    },
    check: inside({ fact: 'session.firstOn' }, { fact: 'session.lastOn' }, { param: 'from' }, { param: 'to' }, { help: text('把整个班期安排在举办时间内。', 'Put the whole session inside the window.') }),
  }),
  actWindow(
    '5.2-data-update',
    '五(二)',
    'teacher-data/window',
    { from: '2019-12-26', to: '2020-01-15' },
    text('学校于2019年12月26日至2020年1月15日录入、更新教师信息。', 'Schools enter and update their teachers’ data from 2019-12-26 to 2020-01-15.'),
    text('只在规定时间内录入和更新。', 'Data are entered and updated within the window alone.'),
  ),
];
