import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Two spellings of one module would load graphql twice.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    globalSetup: ['test/support/database-server.ts'],
  },
});
