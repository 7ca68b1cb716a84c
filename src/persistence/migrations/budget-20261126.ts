import { Migration } from '@mikro-orm/migrations';

/**
 * What each principal has spent in its window. Not logged: a window lasts a minute, so a crash may empty it, and charging
 * one waits for no disk. `budget_charge` takes a cost off, or refuses it and takes nothing.
 */
export class BudgetMigration extends Migration {
  override readonly name: string = 'budget-20261126';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS: readonly string[] = [
  // Room on each page, so that a row is rewritten where it lies.
  `create unlogged table budget (
    principal text primary key,
    kind text not null check (kind in ('anonymous', 'person', 'client')),
    window_start timestamptz not null,
    used bigint not null check (used >= 0)
  ) with (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0)`,
  `create function budget_charge(of_principal text, of_kind text, cost bigint, most bigint, window_seconds double precision)
    returns table (ok boolean, used bigint, ends_at timestamptz) language plpgsql as $$
    #variable_conflict use_column
    declare
      lasts constant interval := make_interval(secs => window_seconds);
      began constant timestamptz := statement_timestamp();
    begin
      return query
        insert into budget as b (principal, kind, window_start, used)
        select of_principal, of_kind, began, cost where cost <= most
        on conflict (principal) do update set
          window_start = case when b.window_start <= began - lasts then began else b.window_start end,
          used = case when b.window_start <= began - lasts then cost else b.used + cost end
        where b.window_start <= began - lasts or b.used + cost <= most
        returning true, b.used, b.window_start + lasts;
      if not found then
        return query select false, coalesce(max(b.used), 0::bigint), coalesce(max(b.window_start), began) + lasts from budget b where b.principal = of_principal and b.window_start > began - lasts;
      end if;
    end
  $$`,
];
