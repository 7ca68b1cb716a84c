import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Instant } from '../src/kernel/civil-day.ts';
import { catalogOf } from '../src/i18n/catalog.ts';
import { loadRegistry } from '../src/load-registry.ts';
import { bareRoute } from './bare-route.ts';
import { BOUNDLESS } from './boundless.ts';

/** One process with both: the product as it starts, and the bare route. Prints their ports; ends with its parent. */
const registry = await loadRegistry();
const product = await buildApp({ config: readConfig({ LOG_LEVEL: 'warn', PORT: '0', ...BOUNDLESS }), clock: () => Date.now() as Instant, registry });
const bare = bareRoute({ registry, catalog: catalogOf(registry), language: 'zh' });
const addresses = { graphql: `${await product.listen({ host: '127.0.0.1', port: 0 })}/graphql`, bare: `${await bare.listen({ host: '127.0.0.1', port: 0 })}/bare` };
process.stdout.write(`${JSON.stringify(addresses)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGTERM', () => process.exit(0));
