import { connect } from 'node:net';

/** What the server says to bytes on a connection of their own, until it closes or `waitMs` is over. */
export function raw(url: URL, sent: string | Buffer, waitMs = 5_000): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(url.port), url.hostname, () => socket.write(sent));
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket
      .on('data', (data) => (received += data.toString()))
      .on('close', () => {
        clearTimeout(timer);
        resolve(received);
      })
      .on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error)));
  });
}
