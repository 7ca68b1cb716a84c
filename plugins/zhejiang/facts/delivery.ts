import { boolean, choice, dayType, type FactSpec, field, listOf, money, record, text } from '../../../src/plugin-kit.ts';

const yes = (zh: string, en: string) => field(boolean(), text(zh, en));

/** A project from its review to its sessions. */
export const deliveryFacts: readonly FactSpec[] = [
  {
    name: 'review',
    type: record({
      result: field(choice({ approved: text('审核通过', 'approved'), rejected: text('审核未通过', 'rejected') }), text('审核结果;null 表示尚未审核', 'The outcome; null: not reviewed yet.'), true),
      fitsSpecialty: field(boolean(), text('审核人认为项目是否符合本机构专业特色;null 表示尚未判断', 'Whether, in the reviewer’s judgement, the project fits the institution’s own specialty; null: not judged yet.'), true),
    }),
    meaning: text('教育行政部门对项目的审核。', 'The review of the project by the education authority.'),
    suppliedBy: 'district',
    sensitivity: 'internal',
  },
  {
    name: 'session',
    type: record({
      firstOn: field(dayType(), text('开班日期,如 "2020-03-09"', 'Opening day, e.g. "2020-03-09".')),
      lastOn: field(dayType(), text('结束日期,如 "2020-03-13"', 'Last day, e.g. "2020-03-13".')),
      timetablePublishedOn: field(
        dayType(),
        text('课程表在培训管理平台上公布的日期(在别处公布的不算);null 表示平台上没有', 'Day on which the timetable was published on the training platform (elsewhere does not count); null: it is not there.'),
        true,
      ),
    }),
    meaning: text('一个班期。有几个班期的,逐个询问。', 'One session (班期). Where a project has several, ask about each.'),
    suppliedBy: 'institution',
    sensitivity: 'public',
  },
  {
    name: 'change',
    type: record({
      projectPublished: yes('项目是否已经公布', 'Whether the project has been published.'),
      larger: yes('是否属于较大调整', 'Whether it is a larger change.'),
      specialCircumstances: yes('是否确有特殊情况', 'Whether there are special circumstances.'),
      approvedByAuthority: yes('是否已报相应教育行政部门批准', 'Whether the education authority concerned has approved it.'),
      explainedToTrainees: yes('是否已向参训学员作充分说明', 'Whether it was fully explained to the trainees.'),
      withdrawalAllowed: yes('是否允许学员退选', 'Whether trainees may withdraw.'),
    }),
    meaning: text('对项目的一项调整。', 'One change of a project.'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
  {
    name: 'collectedFen',
    type: money(),
    nullable: true,
    meaning: text('向一名学员实际收取的合计,以分计;null 表示尚未收费。', 'All that was collected from one trainee, in fen; null: nothing has been collected yet.'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
    default: { value: null, because: text('未给出实收金额,按尚未收费处理。', 'No collected amount was given: nothing has been collected.') },
  },
  {
    name: 'qualityChecks',
    type: listOf(
      record({
        on: field(dayType(), text('检查日期;不影响判定', 'Day of the check; decides nothing.')),
        recordedOnPlatform: yes('是否已在监控平台记载', 'Whether it is recorded on the monitoring platform.'),
      }),
    ),
    meaning: text('当地开展的培训质量检查;没有则为空列表。', 'Checks of training quality that the locality has made; an empty list when none.'),
    suppliedBy: 'district',
    sensitivity: 'internal',
  },
  {
    name: 'violationSuspected',
    type: boolean(),
    meaning: text('培训机构或学员是否涉嫌违规。', 'Whether an institution or a trainee is suspected of a violation.'),
    suppliedBy: 'district',
    sensitivity: 'sensitive',
  },
];
