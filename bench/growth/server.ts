import { endWithParent, openProduct } from '../stores/product.ts';
import { growthPages } from './pages.ts';

/** The product on the store of DATA_DIR. Prints its address and the pages. */
const product = await openProduct({ STATEMENT_TIMEOUT_MS: '120000' });
const pages = await growthPages(product);
endWithParent(() => product.close());
process.stdout.write(`${JSON.stringify({ graphql: product.graphql, pages })}\n`);
