import { defineEntity, p } from '@mikro-orm/core';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** A key under which a source knows a person. */
export const PersonKeyEntity = defineEntity({
  name: 'PersonKey',
  tableName: 'person_key',
  properties: {
    source: () => p.manyToOne(SourceEntity).primary(),
    sourceKey: p.text().primary(),
    person: () => p.manyToOne(PersonEntity),
    recordedAt: p.datetime(3),
  },
});
