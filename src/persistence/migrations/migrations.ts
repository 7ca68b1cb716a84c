import { AccessMigration } from './access-20261126.ts';
import { BudgetMigration } from './budget-20261126.ts';
import { CorrectionsMigration } from './corrections-20261127.ts';
import { IdempotencyMigration } from './idempotency-20261127.ts';
import { OwnDataMigration } from './own-data-20261127.ts';
import { RecordNodesMigration } from './record-nodes-20261127.ts';
import { RecordsApiMigration } from './records-api-20261127.ts';
import { PersonalMigration } from './personal-20261127.ts';
import { RecordsMigration } from './records-20261126.ts';
import { StoreMigration } from './store-20261125.ts';

/** Every migration, oldest first. Loaded, with all that it takes to migrate, when one is pending. */
export const migrations = [
  { name: 'store-20261125', class: StoreMigration },
  { name: 'access-20261126', class: AccessMigration },
  { name: 'budget-20261126', class: BudgetMigration },
  { name: 'records-20261126', class: RecordsMigration },
  { name: 'idempotency-20261127', class: IdempotencyMigration },
  { name: 'own-data-20261127', class: OwnDataMigration },
  { name: 'records-api-20261127', class: RecordsApiMigration },
  { name: 'personal-20261127', class: PersonalMigration },
  { name: 'corrections-20261127', class: CorrectionsMigration },
  { name: 'record-nodes-20261127', class: RecordNodesMigration },
];
