/** What is being done, beside the table. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
