import type { FastifyInstance } from 'fastify';
import { ask } from '../../support/server.ts';
import type { GraphqlAnswer } from '../../support/server.ts';
import { ANYTHING, cut } from './expected.ts';
import type { Found, Walls } from './expected.ts';
import { isNarrower, isShown, mayAsk, refusedWith, sees, staffOf } from './oracle.ts';
import type { About } from './oracle.ts';
import { nameOf } from './paths.ts';
import type { Path, Step } from './paths.ts';
import { addPath, aliasOf, newPlace, sizeOf, textOf } from './selections.ts';
import type { Place, Writing } from './selections.ts';
import { expectedViewer } from './viewer.ts';
import type { Asker, World } from './world.ts';

/** Paths of one beginning that are asked together. */
export interface Bundle {
  readonly name: string;
  readonly root: Place;
  readonly paths: readonly Path[];
}

const ROOMY = 220;

/** Paths with the same first field, as many as one query can hold. */
export function bundlesOf(paths: readonly Path[], rootType: Place['type']): Bundle[] {
  const byStart = Map.groupBy(paths, ({ of, steps: [first] }) => `${of} ${first?.coordinate}${first?.args}${first?.isOneOf ? first.below?.name : ''}`);
  return [...byStart.values()].flatMap((group) => split(group, rootType));
}

function split(group: readonly Path[], rootType: Place['type']): Bundle[] {
  const bundles: Path[][] = [];
  let root = newPlace(rootType);
  for (const path of group) {
    if (bundles.length === 0 || sizeOf(root) > ROOMY) {
      bundles.push([]);
      root = newPlace(rootType);
    }
    addPath(root, path);
    bundles.at(-1)?.push(path);
  }
  return bundles.map((paths) => bundled(paths, rootType));
}

const isAtom = ({ paths }: Bundle): boolean => paths.length === 1 && paths[0]?.fields.length === 1;
const cutInTwo = <Item>(items: readonly Item[]): (readonly Item[])[] => [items.slice(0, items.length / 2), items.slice(items.length / 2)];
const halves = ({ root, paths }: Bundle): Bundle[] => {
  const [only] = paths;
  const parts = paths.length === 1 && only ? cutInTwo(only.fields).map((fields) => [{ ...only, fields }]) : cutInTwo(paths);
  return parts.map((part) => bundled(part, root.type));
};
const bundled = (paths: readonly Path[], type: Place['type']): Bundle => {
  const root = newPlace(type);
  for (const path of paths) addPath(root, path);
  return { root, paths, name: nameOf(paths[0] as Path) };
};
const isViewer = ({ paths }: Bundle): boolean => paths[0]?.steps[0]?.coordinate === 'Query.viewer';
const EVERYTHING: Writing = { admits: () => true, identifies: true };

/** Answers of whoever sees everybody, each asked for once. */
export class Reference {
  readonly #app: FastifyInstance;
  readonly #known = new Map<string, Promise<Readonly<Record<string, Found>>>>();
  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  ask = (query: string): Promise<Readonly<Record<string, Found>>> => {
    let known = this.#known.get(query);
    if (!known) this.#known.set(query, (known = ask(this.#app, query).then(({ data, errors }) => {
      if (errors || !data) throw new Error(`${JSON.stringify(errors)?.slice(0, 1_000)} to ${query.slice(0, 3_000)}`);
      return data as Readonly<Record<string, Found>>;
    })));
    return known;
  };

  /** Ways on which one field alone asks more than the service answers at once: they are closed to everyone. */
  readonly tooLarge: string[] = [];

  /** The bundles, those of which one query asks too much in two. */
  async fit(bundles: readonly Bundle[]): Promise<Bundle[]> {
    const fitting: Bundle[] = [];
    const left = [...bundles];
    for (let bundle = left.shift(); bundle; bundle = left.shift()) {
      const refused = await this.of(bundle).then(() => null, String);
      // What the viewer alone is answered is not for whoever sees everybody: what is refused for that was not too much.
      if (refused === null || (isViewer(bundle) && /"FORBIDDEN"/.test(refused))) fitting.push(bundle);
      else if (!/"(TOO_MANY|QUERY_TOO_COSTLY|TOO_MANY_ALIASES)"/.test(refused)) throw new Error(refused);
      else if (isAtom(bundle)) this.tooLarge.push(`${bundle.name}.${bundle.paths[0]?.fields[0]?.name}`);
      else left.unshift(...halves(bundle));
    }
    return fitting;
  }

  of = ({ root }: Pick<Bundle, 'root'>): Promise<Readonly<Record<string, Found>>> => this.ask(`{ ${textOf(root, EVERYTHING)} }`);
}

/** What is asked in one run: with which walls, of which server. */
export interface Run {
  readonly app: FastifyInstance;
  readonly walls: Walls;
  readonly world: World;
  readonly reference: Reference;
  /** Told of each field that was compared. */
  count(fields: number): void;
}

/** Whether a field is asked beside others: with the wall of the API on, those that are refused or hidden are asked alone. */
const admittedBy = (asker: Asker, { api }: Walls) => (step: Step): boolean => !api || (mayAsk(asker, step.coordinate) && !isNarrower(step.coordinate));

/** Everything in a bundle that the asker may ask, compared field by field with what has to come; gives what differs. */
export async function compare(bundle: Bundle, asker: Asker, run: Run): Promise<string[]> {
  const writing: Writing = { admits: admittedBy(asker, run.walls), identifies: false };
  const walked = bundle.paths.filter(({ steps }) => steps.every(writing.admits));
  if (walked.length === 0) return [];
  const query = `{ ${textOf(bundle.root, writing)} }`;
  const answer = await ask(run.app, query);
  run.count(walked.reduce((sum, { fields }) => sum + fields.filter(writing.admits).length, 0));
  const expected = await expectedOf(bundle, asker, writing, run);
  if (answer.errors) return [`${bundle.name}: ${JSON.stringify(answer.errors).slice(0, 600)} to ${query.slice(0, 400)}`];
  return differences(expected, answer.data as Found, '').map((found) => `${bundle.name}: ${found}`);
}

async function expectedOf({ root, paths }: Bundle, asker: Asker, writing: Writing, { walls, world, reference }: Run): Promise<Found> {
  const viewer = root.below.get('Query.viewer');
  const seen = { asker, world, walls, writing };
  if (isViewer({ root, paths, name: '' })) return { viewer: viewer ? await expectedViewer(viewer.place, { ...seen, ask: reference.ask }) : null };
  return cut(root, await reference.of({ root }), seen);
}

/** Where two answers differ, with what was expected and what came. */
export function differences(expected: Found, found: Found | undefined, path: string): string[] {
  if (typeof expected === 'object' && expected !== null && typeof found === 'object' && found !== null && Array.isArray(expected) === Array.isArray(found)) {
    const [a, b] = [expected as Record<string, Found>, found as Record<string, Found>];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key] as Found, b[key], `${path}.${key}`)).slice(0, 10);
  }
  return expected === found || (expected === ANYTHING && found !== null && found !== undefined) ? [] : [`${path}: expected ${JSON.stringify(expected)?.slice(0, 200)}, came ${JSON.stringify(found)?.slice(0, 200)}`];
}

/** The fields that make an operation of this asker be refused: each asked alone, by the way that leads to it; a way that is closed, with all behind it. */
export async function compareRefused(path: Path, asker: Asker, run: Run): Promise<string[]> {
  const isClosed = path.steps.some(({ coordinate }) => !mayAsk(asker, coordinate));
  const refused = isClosed ? [path.fields] : path.fields.filter(({ coordinate }) => !mayAsk(asker, coordinate)).map((field) => [field]);
  const wrong: string[] = [];
  for (const fields of refused) {
    const answer = await ask(run.app, queryOf({ ...path, fields }));
    run.count(fields.length);
    if (!isRefused(answer, asker)) wrong.push(`${nameOf(path)}.{${fields.map(({ name }) => name).join(' ')}}: expected to be refused with ${refusedWith(asker)}, came ${JSON.stringify([answer.data, answer.errors]).slice(0, 400)}`);
  }
  return wrong;
}

const ROOT = { name: 'Query' } as Place['type'];
const PLAIN: Writing = { admits: () => true, identifies: false };
export const queryOf = (path: Path, writing: Writing = PLAIN): string => `{ ${textOf(bundled([path], ROOT).root, writing)} }`;

/** Refused as a whole, before anything is read: no data at all, and one error. */
export const isRefused = ({ data, errors }: GraphqlAnswer, asker: Asker): boolean => data === undefined && errors?.length === 1 && errors[0]?.extensions['code'] === refusedWith(asker);

/** The fields that are for fewer than see their object, each asked alone: shown, or an error in the place of what would show it. */
export async function compareNarrower(path: Path, asker: Asker, run: Run): Promise<string[]> {
  if (!path.steps.every(({ coordinate }) => mayAsk(asker, coordinate))) return [];
  const wrong: string[] = [];
  for (const field of path.fields.filter(({ coordinate }) => isNarrower(coordinate) && mayAsk(asker, coordinate))) {
    const bundle = bundled([{ ...path, fields: [field] }], ROOT);
    const answer = await ask(run.app, `{ ${textOf(bundle.root, PLAIN)} }`);
    run.count(1);
    const hidden = (await valuesOn(bundle, field, asker, run)).filter(({ about }) => sees(asker, about) && !isShown(asker, field.coordinate, about));
    const shown = `${nameOf(path)}.${field.name}: `;
    if (hidden.length === 0) {
      const expected = await expectedOf(bundle, asker, PLAIN, run);
      wrong.push(...(answer.errors ? [`${shown}${JSON.stringify(answer.errors).slice(0, 400)}`] : differences(expected, answer.data as Found, '').map((found) => shown + found)));
    } else if (!answer.errors || answer.errors.some(({ extensions }) => extensions['code'] !== 'FORBIDDEN')) wrong.push(`${shown}expected FORBIDDEN in its place, came ${JSON.stringify([answer.data, answer.errors]).slice(0, 400)}`);
    else wrong.push(...hidden.filter(({ value }) => value !== null && value !== '' && !SAYS_ITS_TYPE.test(JSON.stringify(value)) && JSON.stringify(answer).includes(JSON.stringify(value))).map(({ value }) => `${shown}gives out ${JSON.stringify(value).slice(0, 200)}`));
  }
  return wrong;
}

/** Objects of which nothing is asked are alike. */
const SAYS_ITS_TYPE = /^\[?(\{"__typename":"\w+"\},?)*\]?$/;

interface Valued {
  readonly about: About;
  readonly value: Found;
}

/** What whoever sees everybody finds in a field at the end of a way, and about whom. What the viewer is given is about the viewer. */
async function valuesOn(bundle: Bundle, field: Step, asker: Asker, { world, reference }: Run): Promise<Valued[]> {
  if (isViewer(bundle)) return ownOf(bundle, asker).map((about) => ({ about, value: '' }));
  let objects: Found[] = [await reference.of(bundle)];
  for (const step of bundle.paths[0]?.steps ?? []) {
    objects = objects.flatMap((object) => [((object as Record<string, Found> | null) ?? {})[aliasOf(step)] ?? null].flat());
    // What lies below a correction is there for whoever sees that.
    if (step.below?.name === 'Correction') objects = objects.filter((object) => isSeenCorrection(object as Record<string, Found> | null, asker, world));
  }
  return objects.flatMap((object) => {
    const found = object as Record<string, Found> | null;
    const about = world.about.get(String(found?.['ref_id']));
    return found && about !== undefined ? [{ about, value: found[field.name] ?? null }] : [];
  });
}

function isSeenCorrection(found: Readonly<Record<string, Found>> | null, asker: Asker, world: World): boolean {
  const about = world.about.get(String(found?.['ref_id']));
  return about !== undefined && sees(asker, about, 'corrections');
}

const ownOf = ({ paths }: Bundle, { person, actsFor, holds }: Asker): About[] => {
  const [, second] = paths[0]?.steps ?? [];
  if (second?.name === 'teacher') return person === null ? [] : [person];
  if (second?.name === 'corrections') return person === null ? [] : [person];
  if (second?.name === 'delegations') return actsFor === null ? [] : [actsFor];
  // By way of a school: whoever works there.
  return holds.flatMap((hold) => (hold.over === 'school' ? staffOf(hold.school) : []));
};
