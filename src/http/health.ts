import type { FastifyInstance } from 'fastify';

/** `live`: the process answers. `ready`: it takes requests; not any more once it was told to stop. */
export function addHealthRoutes(app: FastifyInstance, isReady: () => boolean): void {
  app.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));
  app.get('/health/ready', (_request, reply) => {
    const ready = isReady();
    return reply.code(ready ? 200 : 503).header('cache-control', 'no-store').send({ status: ready ? 'ready' : 'closing' });
  });
}
