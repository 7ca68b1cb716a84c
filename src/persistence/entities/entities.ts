import { AccessRecordEntity } from './access-record.entity.ts';
import { AccessRuleEntity } from './access-rule.entity.ts';
import { AccountEntity } from './account.entity.ts';
import { AuditArchiveEntity } from './audit-archive.entity.ts';
import { AuditTrailEntity } from './audit-trail.entity.ts';
import { BudgetEntity } from './budget.entity.ts';
import { CorrectionEntity } from './correction.entity.ts';
import { CourseEntity } from './course.entity.ts';
import { CreditLedgerEntity } from './credit-ledger.entity.ts';
import { DelegationEntity } from './delegation.entity.ts';
import { EmploymentEntity } from './employment.entity.ts';
import { IdempotencyEntity } from './idempotency.entity.ts';
import { InstitutionPropertyEntity } from './institution-property.entity.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { InvitationEntity } from './invitation.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { PersonIdentityEntity } from './person-identity.entity.ts';
import { PersonKeyEntity } from './person-key.entity.ts';
import { PersonPrivateEntity } from './person-private.entity.ts';
import { PersonPropertyEntity } from './person-property.entity.ts';
import { PersonRoleEntity } from './person-role.entity.ts';
import { PersonEntity } from './person.entity.ts';
import { RecordYearEntity } from './record-year.entity.ts';
import { RecordingEntity } from './recording.entity.ts';
import { RevealCountEntity } from './reveal-count.entity.ts';
import { RoleGrantEntity } from './role-grant.entity.ts';
import { RuleSettingEntity } from './rule-setting.entity.ts';
import { SourceEntity } from './source.entity.ts';
import { StoreInfoEntity } from './store-info.entity.ts';
import { StoredAssessmentEntity } from './stored-assessment.entity.ts';
import { StoredRulebookEntity } from './stored-rulebook.entity.ts';

/** Every table of the store. */
export const entities = [
  AccessRecordEntity,
  AccessRuleEntity,
  AccountEntity,
  AuditArchiveEntity,
  AuditTrailEntity,
  BudgetEntity,
  CorrectionEntity,
  CourseEntity,
  CreditLedgerEntity,
  DelegationEntity,
  EmploymentEntity,
  IdempotencyEntity,
  InstitutionEntity,
  InstitutionPropertyEntity,
  InvitationEntity,
  JurisdictionEntity,
  PersonEntity,
  PersonIdentityEntity,
  PersonKeyEntity,
  PersonPrivateEntity,
  PersonPropertyEntity,
  PersonRoleEntity,
  RecordYearEntity,
  RecordingEntity,
  RevealCountEntity,
  RoleGrantEntity,
  RuleSettingEntity,
  SourceEntity,
  StoreInfoEntity,
  StoredAssessmentEntity,
  StoredRulebookEntity,
];
