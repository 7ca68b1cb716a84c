import type { Instant } from '../../kernel/civil-day.ts';
import { principalOf, whole } from './budgets.ts';
import type { Admission, BudgetKind, BudgetLimits, Standing } from './budgets.ts';

/** Whatever runs a statement with `?` for its parameters. */
export interface Statements {
  execute<Row extends object>(query: string, params?: readonly unknown[]): Promise<Row[]>;
}

interface BudgetRow {
  readonly ok: boolean;
  readonly used: string;
  readonly ends_at: string;
}

const COLUMNS = 'used::text as used, (extract(epoch from ends_at) * 1000)::bigint::text as ends_at';

/** Takes a cost off a budget, or refuses it and takes nothing. One statement, atomic among all servers of the store. */
export async function charge(sql: Statements, key: string, kind: BudgetKind, cost: number, limits: BudgetLimits): Promise<Admission> {
  const limit = limits.most[kind];
  const [row] = await sql.execute<BudgetRow>(`select ok, ${COLUMNS} from budget_charge(?, ?, ?, ?, ?)`, [principalOf(key, kind), kind, cost, limit, limits.windowSeconds]);
  if (!row) throw new Error('a budget was neither charged nor refused');
  return { ok: row.ok, ...standing(row, limit) };
}

/** What is left of a budget. Takes nothing. */
export async function remaining(sql: Statements, key: string, kind: BudgetKind, limits: BudgetLimits): Promise<Standing> {
  const [row] = await sql.execute<BudgetRow>(`select ${COLUMNS} from (select used, window_start + make_interval(secs => ?) as ends_at from budget where principal = ?) as b where ends_at > statement_timestamp()`, [limits.windowSeconds, principalOf(key, kind)]);
  return row ? standing(row, limits.most[kind]) : whole(limits, kind, Date.now());
}

/** Windows that are over are worth nothing. */
export async function removeEnded(sql: Statements, { windowSeconds }: BudgetLimits): Promise<void> {
  await sql.execute('delete from budget where window_start < statement_timestamp() - make_interval(secs => ?)', [2 * windowSeconds]);
}

const standing = ({ used, ends_at }: BudgetRow, limit: number): Standing => ({ remaining: Math.max(0, limit - Number(used)), limit, resetsAt: Number(ends_at) as Instant });
