import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands before a server and can stop passing anything on, as a machine does that has stalled: nothing is refused, nothing answered. */
export interface StallingProxy {
  readonly url: string;
  stall(): void;
  resume(): void;
  /** Ends all connections at once, as a machine does that is gone. */
  reset(): void;
  close(): void;
}

export async function stallingProxy(target: string): Promise<StallingProxy> {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      sockets.add(one);
      one.on('data', (data) => void other.write(data)).on('error', () => undefined).on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      if (isStalled) one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = Object.assign(new URL(target), { port: String((server.address() as AddressInfo).port) }).toString();
  const reset = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url,
    stall() {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      isStalled = false;
      for (const socket of sockets) socket.resume();
    },
    reset,
    close() {
      server.close();
      reset();
    },
  };
}
