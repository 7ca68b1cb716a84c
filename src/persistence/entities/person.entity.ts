import { defineEntity, p } from '@mikro-orm/core';
import { SourceEntity } from './source.entity.ts';

/** A person, who belongs to no place. */
export const PersonEntity = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.bigint().primary().generated('identity'),
    name: p.text(),
    nameKey: p.text(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
  },
});
