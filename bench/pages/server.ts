import { catalogOf } from '../../src/i18n/catalog.ts';
import { endWithParent, openProduct } from '../stores/product.ts';
import { barePage } from './bare-page.ts';
import { choosePages } from './choose-pages.ts';

/** One process with both: the product on the store of DATA_DIR, and the bare page. Prints their addresses and the pages. */
const product = await openProduct();
const { registry, database, graphql } = product;
const bare = barePage({ registry, catalog: catalogOf(registry), language: 'zh' }, database);
const addresses = { graphql, bare: `${await bare.listen({ host: '127.0.0.1', port: 0 })}/bare` };
const pages = await choosePages(registry, database);
endWithParent(() => Promise.all([bare.close(), product.close()]));
process.stdout.write(`${JSON.stringify({ ...addresses, pages })}\n`);
