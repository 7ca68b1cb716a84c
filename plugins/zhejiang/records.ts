import { type RecordsSpec, text } from '../../src/plugin-kit.ts';

/** Credits of the cycle, of probation and of new principals stand in one list, told apart by their purpose. */
export const records: RecordsSpec = {
  entries: [
    {
      fact: 'entries',
      status: { field: 'status', values: { declared: 'declared', reviewed: 'declared', recognised: 'recognised', refused: 'refused', reversed: 'reversed' } },
      columns: {
        id: text('记录编号', 'entry id'),
        credits: text('学分', 'credits'),
        completedOn: text('完成日期', 'completed on'),
        purpose: text('培训用途', 'purpose'),
        practical: text('实践培训', 'practical'),
        centralised: text('集中培训', 'centralised'),
        institutionVetted: text('机构经认定', 'institution vetted'),
        startedOn: text('开始日期', 'started on'),
        schoolAgreedOn: text('学校同意日期', 'school agreed on'),
        status: text('状态', 'status'),
      },
      values: {
        purpose: { cycle: text('周期', 'cycle'), probation: text('试用期', 'probation'), newPrincipal: text('新任校长', 'new principal') },
      },
    },
  ],
  person: [{ fact: 'employment', column: text('专任', 'full-time or not') }],
};
