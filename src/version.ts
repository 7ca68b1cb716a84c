import { packageJson } from './package-folder.ts';

/** The version of the product, from package.json. */
export const version = packageJson.version ?? '0.0.0';
