import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';

/** A role of an account over a scope, with its days. The codes above the place are copies, for row policies. */
export const RoleGrantEntity = defineEntity({
  name: 'RoleGrant',
  tableName: 'role_grant',
  properties: {
    id: p.bigint().primary().generated('identity'),
    account: () => p.manyToOne(AccountEntity),
    role: p.text(),
    scopeKind: p.text(),
    institution: () => p.manyToOne(InstitutionEntity).nullable(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code').nullable(),
    provinceCode: p.text().nullable(),
    prefectureCode: p.text().nullable(),
    countyCode: p.text().nullable(),
    fromOn: p.date(),
    toOn: p.date().nullable(),
    grantedBy: () => p.manyToOne(AccountEntity).joinColumn('granted_by').nullable(),
    recordedAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
    revokedBy: () => p.manyToOne(AccountEntity).joinColumn('revoked_by').nullable(),
  },
});
