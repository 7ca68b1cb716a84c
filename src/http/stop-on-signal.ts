import type { FastifyInstance } from 'fastify';

/** npm passes a signal on that the terminal has already sent to the whole group. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends the process on Ctrl-C or SIGTERM: accepted requests are finished, then it exits with 0. A second signal, or
 * `timeoutMs` without an end, exits with 1.
 */
export function stopOnSignal(app: FastifyInstance, timeoutMs: number): void {
  let stoppingSince: number | null = null;
  const stop = (): void => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => {
      app.log.error({ timeoutMs }, 'requests did not end in time; stopped without them');
      process.exit(1);
    }, timeoutMs).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
