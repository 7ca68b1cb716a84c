import { defineEntity, p } from '@mikro-orm/core';
import type { FactInput } from '../../kernel/facts.ts';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** A dated property of a person. */
export const PersonPropertyEntity = defineEntity({
  name: 'PersonProperty',
  tableName: 'person_property',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    name: p.text(),
    value: p.json<FactInput>(),
    fromOn: p.date().nullable(),
    toOn: p.date().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
