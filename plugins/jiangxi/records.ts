import { type RecordsSpec, text } from '../../src/plugin-kit.ts';

/** Hours stand in the nation's list; the province asks who is bound and who makes up what. */
export const records: RecordsSpec = {
  person: [
    { fact: 'onStaffList', column: text('在编', 'on the staff list') },
    { fact: 'inPost', column: text('在岗', 'in post') },
    { fact: 'sex', column: text('性别', 'sex') },
    { fact: 'birthDate', column: text('出生日期', 'birth date') },
    { fact: 'failedTraining', column: text('不合格学年度', 'failed training') },
  ],
};
