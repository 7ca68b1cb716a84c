import type { FastifyInstance } from 'fastify';

export type Readiness = 'ready' | 'closing' | 'storeUnavailable' | 'recordsUnavailable';

/** `live`: the process answers. `ready`: it takes requests; not once it was told to stop, nor while the store is out of reach, or what is done cannot be put on record outside it. */
export function addHealthRoutes(app: FastifyInstance, readiness: () => Promise<Readiness>): void {
  app.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const status = await readiness();
    return reply.code(status === 'ready' ? 200 : 503).header('cache-control', 'no-store').send({ status });
  });
}
