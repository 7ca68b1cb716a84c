import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { testApp } from '../support/server.ts';

test('the server as it is started keeps to GraphQL over HTTP: all audits pass, none with a remark', async () => {
  const app = await testApp();
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const results = await auditServer({ url: `${url}/graphql` });
    const remarks = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.status} ${result.id} ${result.name}: ${result.reason}`]));
    expect(remarks).toEqual([]);
    expect(results).toHaveLength(61);
  } finally {
    await app.close();
  }
});
