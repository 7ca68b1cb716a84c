import { defineEntity, p } from '@mikro-orm/core';
import type { FactInput } from '../../kernel/facts.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** A course, with what its credits have in common. */
export const CourseEntity = defineEntity({
  name: 'Course',
  tableName: 'course',
  properties: {
    id: p.bigint().primary().generated('identity'),
    title: p.text(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    provinceCode: p.text(),
    prefectureCode: p.text().nullable(),
    countyCode: p.text().nullable(),
    institution: () => p.manyToOne(InstitutionEntity).nullable(),
    attributes: p.json<Readonly<Record<string, FactInput>>>(),
    fromOn: p.date().nullable(),
    toOn: p.date().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
