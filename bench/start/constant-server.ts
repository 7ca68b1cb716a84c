import module from 'node:module';

// Like the product, so that neither is the only one whose packages are compiled already.
module.enableCompileCache();
const { default: Fastify } = await import('fastify');
const app = Fastify();
app.post('/graphql', () => ({ data: { assess: { assessment: { verdict: 'MET' } } } }));
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql\n`);
process.on('SIGTERM', () => process.exit(0));
