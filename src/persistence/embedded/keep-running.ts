import { bootServer } from './boot-server.ts';
import type { DataFolder } from './data-folder.ts';
import { runningServer } from './running-server.ts';

const LOOK_MS = 500;
/** A server that cannot be started again (a full disk) is tried again later. */
const LATER_MS = 5_000;

/**
 * Starts the server again, on the same port, when it has ended without being told to (killed for want of memory, say).
 * Connections of that time fail; new ones work again. Returns what stops the watch, once a start under way has ended.
 */
export function keepRunning(folder: DataFolder, port: number): () => Promise<void> {
  let isWatching = true;
  let boot: Promise<void> = Promise.resolve();
  const look = (): void => {
    if (!isWatching) return;
    if (runningServer(folder.cluster)) return next(LOOK_MS);
    process.stderr.write('内置 PostgreSQL 意外结束,正在重新启动。 The embedded PostgreSQL ended unexpectedly and is started again.\n');
    boot = bootServer(folder, port).then(
      () => next(LOOK_MS),
      () => next(LATER_MS),
    );
  };
  const next = (after: number): void => void setTimeout(look, after).unref();
  next(LOOK_MS);
  return () => {
    isWatching = false;
    return boot;
  };
}
