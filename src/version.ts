import { readFileSync } from 'node:fs';

// The same file for the sources and for what is compiled from them, one folder deeper.
const found = [new URL('../package.json', import.meta.url), new URL('../../package.json', import.meta.url)].flatMap((address) => {
  try {
    return [JSON.parse(readFileSync(address, 'utf8')) as { version?: string }];
  } catch {
    return [];
  }
});

/** The version of the product, from package.json. */
export const version = found[0]?.version ?? '0.0.0';
