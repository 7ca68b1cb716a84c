import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Two spellings of one module would load graphql twice.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    // No test judges speed: these only end what hangs, on a machine however busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/database-server.ts'],
  },
});
