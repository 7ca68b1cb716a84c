import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.ts';
import { DelegationEntity } from './delegation.entity.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** What somebody asks to have corrected in the register. The codes above the place are copies, for lists and row policies. */
export const CorrectionEntity = defineEntity({
  name: 'Correction',
  tableName: 'correction',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    about: p.text(),
    /** The row that is said to be wrong; null where it is the person's own, or missing. */
    recordId: p.bigint().nullable(),
    /** Where that row came from. */
    source: () => p.manyToOne(SourceEntity).nullable(),
    institution: () => p.manyToOne(InstitutionEntity).nullable(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    provinceCode: p.text().nullable(),
    prefectureCode: p.text().nullable(),
    countyCode: p.text().nullable(),
    claimCipher: p.blob(),
    state: p.text(),
    submittedBy: () => p.manyToOne(AccountEntity).joinColumn('submitted_by'),
    delegation: () => p.manyToOne(DelegationEntity).nullable(),
    dueOn: p.date(),
    recordedAt: p.datetime(3),
    decidedAt: p.datetime(3).nullable(),
    decidedBy: () => p.manyToOne(AccountEntity).joinColumn('decided_by').nullable(),
    reasonCipher: p.blob().nullable(),
  },
});
