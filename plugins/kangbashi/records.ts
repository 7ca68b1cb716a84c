import { type RecordsSpec, text } from '../../src/plugin-kit.ts';

/** Hours of the staff of off-campus institutions; those of school teachers stand in the nation's list. */
export const records: RecordsSpec = {
  entries: [
    {
      fact: 'trainingEntries',
      columns: { id: text('记录编号', 'entry id'), hours: text('学时', 'hours'), completedOn: text('完成日期', 'completed on'), kind: text('培训类型', 'kind of training') },
      values: { kind: { political: text('政治', 'political'), professional: text('业务', 'professional') } },
    },
  ],
  employments: { fact: 'employments', kinds: ['offCampus', 'youthPalace'] },
};
