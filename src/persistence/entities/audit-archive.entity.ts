import { defineEntity, p } from '@mikro-orm/core';
import { RecordYearEntity } from './record-year.entity.ts';

/** How a chain stood at the end of a year whose records have left. */
export const AuditArchiveEntity = defineEntity({
  name: 'AuditArchive',
  tableName: 'audit_archive',
  properties: {
    recordYear: () => p.manyToOne(RecordYearEntity).joinColumns('table_name', 'year').primary(),
    chain: p.text().primary(),
    firstSeq: p.bigint().nullable(),
    lastSeq: p.bigint().nullable(),
    lastLink: p.blob().nullable(),
    rowCount: p.bigint(),
    fileName: p.text(),
    fileHash: p.text(),
    keyId: p.text(),
    recordedAt: p.datetime(3),
    mac: p.blob(),
  },
});
