import type { FastifyInstance } from 'fastify';

/** npm passes a signal on that the terminal has already sent to the whole group. */
const SAME_SIGNAL_MS = 500;

/** What Ctrl-C, SIGTERM and the end of the terminal do. */
export interface Stopping {
  /**
   * From now on accepted requests are finished, then the process exits with 0. A second signal, or `timeoutMs` without an
   * end, exits with 1.
   */
  closeFirst(app: FastifyInstance, timeoutMs: number): void;
}

/**
 * Takes the signals over as soon as there is something to be ended with the process, which its `exit` listeners do: until
 * there are requests to finish, a signal ends it at once with 1.
 */
export function stopOnSignal(): Stopping {
  let stoppingSince: number | null = null;
  let close = (): void => process.exit(1);
  const stop = (): void => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    close();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return {
    closeFirst(app, timeoutMs) {
      close = () => closeWithin(app, timeoutMs);
    },
  };
}

function closeWithin(app: FastifyInstance, timeoutMs: number): void {
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
}
