import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ErrorCode } from '../graphql/error-codes.ts';
import type { PoolState } from '../persistence/bounded-pool.ts';
import { BUCKETS } from './measurements.ts';
import type { Durations, Measurements } from './measurements.ts';

export interface Measured {
  readonly measurements: Measurements;
  inFlight(): number;
  /** Null: there is no store. */
  poolState(): PoolState | null;
}

/** The numbers of this server in the form that Prometheus reads; a registry of its own, with those of the process and its event loop. */
export function metricsRegistry({ measurements, inFlight, poolState }: Measured): Registry {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  new Counter({
    name: 'shixun_requests_total',
    help: 'Requests answered, by route and by the code of what went wrong (OK where nothing did).',
    labelNames: ['route', 'code'],
    registers,
    collect() {
      this.reset();
      for (const [route, codes] of measurements.requests) for (const [code, count] of codes) this.inc({ route, code }, count);
    },
  });
  new Counter({
    name: 'shixun_budget_refusals_total',
    help: 'Requests refused because a budget was spent.',
    registers,
    collect() {
      this.reset();
      this.inc([...measurements.requests.values()].reduce((sum, codes) => sum + (codes.get(ErrorCode.BUDGET_EXHAUSTED) ?? 0), 0));
    },
  });
  const declared = { name: DURATION, help: 'How long answers took, by route.' };
  const durations = new Histogram({ ...declared, labelNames: ['route'], buckets: [...BUCKETS], registers });
  // They were counted before this was loaded.
  const counted = async () => ({ ...declared, type: 'histogram', aggregator: 'sum', values: [...measurements.durations].flatMap(([route, found]) => histogramValues(route, found)) });
  Object.assign(durations, { get: counted, getForPromString: counted });
  new Gauge({ name: 'shixun_requests_in_flight', help: 'Requests to the API that are being answered.', registers, collect() { this.set(inFlight()); } });
  for (const [state, help] of [['inUse', 'Connections to the store in use.'], ['idle', 'Open connections to the store that are free.'], ['waiting', 'Who waits for a connection to the store.'], ['size', 'The most connections to the store.']] as const) {
    new Gauge({ name: `shixun_pool_${state === 'inUse' ? 'in_use' : state}`, help, registers, collect() { this.set(poolState()?.[state] ?? 0); } });
  }
  return register;
}

const DURATION = 'shixun_request_duration_seconds';

function histogramValues(route: string, { buckets, sum, count }: Durations) {
  let below = 0;
  const ends = BUCKETS.map((le, index) => ({ labels: { le, route }, value: (below += buckets[index] ?? 0), metricName: `${DURATION}_bucket` }));
  return [...ends, { labels: { le: '+Inf', route }, value: count, metricName: `${DURATION}_bucket` }, { labels: { route }, value: sum, metricName: `${DURATION}_sum` }, { labels: { route }, value: count, metricName: `${DURATION}_count` }];
}
