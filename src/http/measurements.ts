import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of what went wrong; null while nothing has. */
    outcome: string | null;
  }
}

/** Upper ends of the buckets of durations, in seconds. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

export interface Durations {
  readonly buckets: number[];
  sum: number;
  count: number;
}

/**
 * Counts of what was answered, kept from the first request on: plain numbers, so that nothing has to be loaded to count.
 * By route as it is declared and by code: nothing that a client writes is kept.
 */
export class Measurements {
  /** By route and code. */
  readonly requests = new Map<string, Map<string, number>>();
  readonly durations = new Map<string, Durations>();

  note(route: string, code: string, seconds: number): void {
    const codes = this.requests.get(route) ?? new Map<string, number>();
    this.requests.set(route, codes.set(code, (codes.get(code) ?? 0) + 1));
    const durations = this.durations.get(route) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
    this.durations.set(route, durations);
    const bucket = BUCKETS.findIndex((end) => seconds <= end);
    if (bucket >= 0) durations.buckets[bucket] = (durations.buckets[bucket] ?? 0) + 1;
    durations.sum += seconds;
    durations.count++;
  }
}

export function measureRequests(app: FastifyInstance): Measurements {
  const measurements = new Measurements();
  app.decorateRequest('outcome', null);
  app.addHook('onResponse', (request, reply, done) => {
    measurements.note(request.routeOptions.url ?? 'none', request.outcome ?? (reply.statusCode < 400 ? 'OK' : `HTTP_${reply.statusCode}`), reply.elapsedTime / 1_000);
    done();
  });
  return measurements;
}
