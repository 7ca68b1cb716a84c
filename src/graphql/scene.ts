import { dayOf } from '../kernel/civil-day.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { ListTime } from '../persistence/repositories/teacher-lists.ts';
import type { ApiContext } from './context.ts';
import type { RequestAccess } from './access/request-access.ts';
import type { Loaders } from './loaders/create-loaders.ts';
import type { View } from './view.ts';

/** From where stored things are looked at. All objects of one list share it. */
export interface Scene {
  readonly view: View;
  readonly loaders: Loaders;
  readonly access: RequestAccess;
  /** The moment asked about. */
  readonly at: Instant;
  /** The last recording that is known. */
  readonly knownAt: Instant;
}

/** When something is asked about; what is absent is the scene's, and without one now. */
export interface When {
  readonly at?: Instant | null;
  readonly knownAt?: Instant | null;
}

export async function sceneAt({ view, loaders, access, now }: ApiContext, { at, knownAt }: When = {}): Promise<Scene> {
  return { view, loaders, access, at: at ?? now, knownAt: await loaders.knownAt(knownAt) };
}

/** The scene seen at other moments. */
export async function sceneFrom(scene: Scene, { at, knownAt }: When): Promise<Scene> {
  if (at == null && knownAt == null) return scene;
  return { ...scene, at: at ?? scene.at, knownAt: knownAt == null ? scene.knownAt : await scene.loaders.knownAt(knownAt) };
}

export const timeOf = ({ at, knownAt }: Scene): ListTime => ({ day: dayOf(at), knownAt });
