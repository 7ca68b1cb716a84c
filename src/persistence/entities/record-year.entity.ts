import { defineEntity, p } from '@mikro-orm/core';

/** A year of which there are records, in the database or in an archive. */
export const RecordYearEntity = defineEntity({
  name: 'RecordYear',
  tableName: 'record_year',
  properties: {
    tableName: p.text().primary(),
    year: p.integer().primary(),
  },
});
