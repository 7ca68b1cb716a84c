import { defineEntity, p } from '@mikro-orm/core';
import type { FactInput } from '../../kernel/facts.ts';
import { CourseEntity } from './course.entity.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** An act on a credit entry. A first row has no entry and is one; rows are never changed. */
export const CreditLedgerEntity = defineEntity({
  name: 'CreditLedger',
  tableName: 'credit_ledger',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    entry: () => p.manyToOne(CreditLedgerEntity).nullable(),
    act: p.text(),
    book: p.text(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    provinceCode: p.text(),
    units: p.bigint().nullable(),
    completedOn: p.date().nullable(),
    attributes: p.json<Readonly<Record<string, FactInput>>>(),
    course: () => p.manyToOne(CourseEntity).nullable(),
    institution: () => p.manyToOne(InstitutionEntity).nullable(),
    decides: () => p.manyToOne(CreditLedgerEntity).nullable(),
    revision: p.integer(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
  },
});
