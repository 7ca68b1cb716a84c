import { type RecordsSpec, text } from '../../src/plugin-kit.ts';

/** What every place reads alike; a place below adds its own. */
export const records: RecordsSpec = {
  entries: [
    {
      fact: 'hourEntries',
      columns: { id: text('记录编号', 'entry id'), hours: text('学时', 'hours'), completedOn: text('完成日期', 'completed on') },
    },
  ],
  roles: { fact: 'roles', column: text('岗位', 'roles') },
  person: [
    { fact: 'cycleStartOn', column: text('培训周期首日', 'cycle start') },
    { fact: 'trainingAppraisalPassed', column: text('培训考核合格', 'training appraisal passed') },
  ],
  institution: [{ fact: 'staffKind', property: 'kind', column: text('单位类型', 'kind') }],
};
