import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { catalogOf } from '../../src/i18n/catalog.ts';
import type { Instant } from '../../src/kernel/civil-day.ts';
import { loadRegistry } from '../../src/load-registry.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { barePage } from './bare-page.ts';
import { choosePages } from './choose-pages.ts';
import { benchIdentity, leaveOwner } from '../stores/owner.ts';
import { BOUNDLESS } from '../boundless.ts';

/** One process with both: the product on the store of DATA_DIR, and the bare page. Prints their addresses and the pages. */
const config = readConfig({ ...process.env, LOG_LEVEL: 'warn', PORT: '0', ...BOUNDLESS });
const registry = await loadRegistry();
const database = await openDatabase(config.database, [...registry.jurisdictions.values()]);
const identity = await benchIdentity(database);
const product = await buildApp({ config, clock: () => Date.now() as Instant, registry, database, identify: async () => identity });
const bare = barePage({ registry, catalog: catalogOf(registry), language: 'zh' }, database);
const addresses = { graphql: `${await product.listen({ host: '127.0.0.1', port: 0 })}/graphql`, bare: `${await bare.listen({ host: '127.0.0.1', port: 0 })}/bare` };
const pages = await choosePages(registry, database);

// Ends with its parent, and the embedded server with it.
let isEnding = false;
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await leaveOwner(database);
  await Promise.all([bare.close(), product.close()]);
  process.exit(0);
}
process.stdin.on('end', () => void end()).resume();
process.on('SIGTERM', () => void end());
process.stdout.write(`${JSON.stringify({ ...addresses, pages })}\n`);
