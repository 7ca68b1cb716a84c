import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Started {
  readonly child: ChildProcess;
  /** The line with which it said that it is ready. */
  readonly line: string;
}

/** Starts a compiled file of this project with this Node and waits for the line by which it is ready: its first one unless told otherwise. */
export function startProcess(file: string, environment: Readonly<Record<string, string>> = {}, isReady: (line: string) => boolean = () => true): Promise<Started> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = `${said}${chunk}`.split('\n');
      said = lines.pop() ?? '';
      const line = lines.find(isReady);
      if (line !== undefined) resolve({ child, line });
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
  });
}

/** By a signal that they handle, because compiled code is kept when a process ends by itself. */
export async function endProcess({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
