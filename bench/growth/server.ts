import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Instant } from '../../src/kernel/civil-day.ts';
import { loadRegistry } from '../../src/load-registry.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { growthPages } from './pages.ts';
import { benchIdentity, leaveOwner } from '../stores/owner.ts';
import { BOUNDLESS } from '../boundless.ts';

/** The product on the store of DATA_DIR. Prints its address and the pages; ends with its parent, and the embedded server with it. */
const config = readConfig({ ...process.env, LOG_LEVEL: 'warn', PORT: '0', ...BOUNDLESS, STATEMENT_TIMEOUT_MS: '120000' });
const registry = await loadRegistry();
const database = await openDatabase(config.database, [...registry.jurisdictions.values()]);
const identity = await benchIdentity(database);
const app = await buildApp({ config, clock: () => Date.now() as Instant, registry, database, identify: async () => identity });
const graphql = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
const pages = await growthPages(database);
let isEnding = false;
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await leaveOwner(database);
  await app.close();
  process.exit(0);
}
process.stdin.on('end', () => void end()).resume();
process.on('SIGTERM', () => void end());
process.stdout.write(`${JSON.stringify({ graphql, pages })}\n`);
