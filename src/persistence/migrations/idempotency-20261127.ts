import { Migration } from '@mikro-orm/migrations';

/** Keys of requests are for the account whose they are; what is too old, for whoever cleans up. */
export class IdempotencyMigration extends Migration {
  override readonly name: string = 'idempotency-20261127';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const OWN = `principal_key = 'account:' || (select reach_account())`;
/** As the trigger that lets nothing go earlier. */
const OLD = `recorded_at <= clock_timestamp() - interval '29 days 23 hours'`;

const STATEMENTS: readonly string[] = [
  `alter table idempotency enable row level security`,
  `create policy idempotency_reads on idempotency for select using (${OWN} or ${OLD})`,
  `create policy idempotency_adds on idempotency for insert with check (${OWN})`,
  `create policy idempotency_removes on idempotency for delete using (${OLD})`,
];
