import { defineEntity, p } from '@mikro-orm/core';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** A role of a person in a province, with its days. */
export const PersonRoleEntity = defineEntity({
  name: 'PersonRole',
  tableName: 'person_role',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    role: p.text(),
    provinceCode: p.text(),
    fromOn: p.date().nullable(),
    toOn: p.date().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
