import pg from 'pg';

/** What a request sends for itself, beside what it reads: it begins, says who asks, and ends. */
export const isForRequest = (statement: string): boolean => /^(begin|commit|rollback|select access_enter)/i.test(statement);

/** The statements that read data. */
export const dataStatementsOf = async (work: () => Promise<unknown>): Promise<string[]> => (await statementsOf(work)).filter((statement) => !isForRequest(statement));

/** The statements that the process sends while some work is done, in order. Each test file is a process of its own. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === 'string' ? first : (first as { readonly text?: string } | undefined)?.text;
    sent.push(text ?? '');
    return (query as (...given: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return sent;
}
