import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, the same for the sources and for what is compiled from them, one folder deeper; null: there is none. */
export const packageFolder = ['../', '../../'].map((above) => fileURLToPath(new URL(above, import.meta.url))).find((folder) => existsSync(`${folder}package.json`)) ?? null;

/** What package.json says of the product. */
export const packageJson = packageFolder === null ? {} : (JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { readonly version?: string });
