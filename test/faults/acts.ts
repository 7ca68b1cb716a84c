import { expect } from 'vitest';
import { isServerOn } from '../../src/persistence/embedded/process-of.ts';
import { runningServer } from '../../src/persistence/embedded/running-server.ts';
import type { Random } from '../support/allocation-problems.ts';
import { eventually, processesOf } from '../support/processes.ts';
import { readiness } from './client.ts';
import type { Sent } from './client.ts';
import type { Rig } from './rig.ts';
import type { Moment } from './windows.ts';

/** What befalls a change that is held in a window. Ends once the fault has happened; `mend` brings the product back. */
export interface Act {
  happen(scene: Scene): Promise<void>;
  mend(rig: Rig): Promise<void>;
  /** Whether the server is there to answer, and has to. */
  readonly serverLives: boolean;
  /** Whether the change goes on although the fault has happened, since nothing of the server or the database was harmed. */
  readonly changeGoesOn: boolean;
}

export interface Scene {
  readonly rig: Rig;
  readonly held: Moment;
  readonly sent: Sent;
  readonly random: Random;
}

const nothing = async (): Promise<void> => undefined;

/** Numbers of the processes of the database, the first of them the one that all others belong to. */
export function databaseProcesses({ cluster }: Rig): number[] {
  const first = runningServer(cluster)?.pid;
  return first === undefined ? [] : [first, ...processesOf(cluster).filter((pid) => pid !== first && isServerOn(pid, cluster))];
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended with its parent.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** kill -9 of the first process, of the one that serves the change (all others are then ended and started anew), or of every one. */
export async function killDatabase(rig: Rig, random: Random, backend: number | null): Promise<boolean> {
  const [first, ...others] = databaseProcesses(rig);
  if (first === undefined) throw new Error('the database does not run');
  const victims = random.pick([[first], [backend ?? first], [first, ...others]]);
  for (const pid of victims) kill(pid);
  if (!victims.includes(first)) return false;
  await eventually(() => !isServerOn(first, rig.cluster));
  return true;
}

/** While there is no database, nobody is told that there is; how often that could be asked in time. */
export async function expectNotReady(rig: Rig): Promise<number> {
  const { health } = await readiness(rig.url);
  if (runningServer(rig.cluster)?.status === 'ready') return 0;
  expect(health).toBe('not ready');
  return 1;
}

export const ACTS = {
  'kill -9 of the server': {
    serverLives: false,
    changeGoesOn: false,
    happen: ({ rig }) => rig.killServer(),
    mend: (rig) => rig.start(),
  },
  'kill -9 of the database': {
    serverLives: true,
    changeGoesOn: false,
    happen: async ({ rig, held, random }) => {
      const isGone = await killDatabase(rig, random, held.line.backend);
      held.line.cut();
      if (isGone) await expectNotReady(rig);
    },
    mend: nothing,
  },
  'the connection to the database is reset': {
    serverLives: true,
    changeGoesOn: false,
    happen: async ({ held }) => held.line.cut(),
    mend: nothing,
  },
  'the database ends the connection': {
    serverLives: true,
    changeGoesOn: false,
    happen: async ({ rig, held }) => {
      await rig.query('select pg_terminate_backend($1)', [held.line.backend]);
      held.line.release();
    },
    mend: nothing,
  },
  'the database stalls': {
    serverLives: true,
    changeGoesOn: false,
    // Nothing passes any more until the server has given it up.
    happen: async ({ sent }) => void (await sent.outcome),
    mend: async ({ proxy }) => proxy?.reset(),
  },
  'the client leaves': {
    serverLives: true,
    changeGoesOn: true,
    happen: async ({ held, sent }) => {
      sent.leave();
      await sent.outcome;
      held.line.release();
    },
    mend: nothing,
  },
} satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof ACTS;
export const ACT_NAMES = Object.keys(ACTS) as ActName[];
