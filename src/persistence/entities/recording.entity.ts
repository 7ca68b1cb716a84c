import { defineEntity, p } from '@mikro-orm/core';
import { SourceEntity } from './source.entity.ts';

/** One writing transaction: what it was, and when its rows became known. */
export const RecordingEntity = defineEntity({
  name: 'Recording',
  tableName: 'recording',
  properties: {
    recordedAt: p.datetime(3).primary(),
    source: () => p.manyToOne(SourceEntity),
    what: p.text(),
    counts: p.json<Readonly<Record<string, number>>>(),
  },
});
