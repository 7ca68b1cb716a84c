import { createHash } from 'node:crypto';
import { LoadedCode } from '../kernel/place-code.ts';
import { contentOf, layerFromContent, layersNamed, placeFromContent } from '../kernel/place-content.ts';
import type { RebuiltLayer, RebuiltPlace } from '../kernel/place-content.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { ContentStore, StoredAssessment } from './stored-assessment.ts';

/** Content is kept by hash and never changes, so what was made of it once is good for as long as the plugins are loaded. */
interface Made {
  readonly code: LoadedCode;
  readonly layers: Map<string, RebuiltLayer>;
  readonly places: Map<string, RebuiltPlace>;
}

const made = new WeakMap<Registry, Made>();
/** A layer is some megabytes once it was asked; a place beside its layers is small. */
const MOST_LAYERS = 20;
const MOST_PLACES = 200;

type Named = Pick<StoredAssessment, 'jurisdictionCode' | 'contentHash'>;

/**
 * The places under which assessments were stored, in the order given, with the code of today. A place whose content is
 * still what it was is the one that is loaded; the content of all others is read in two statements, however many there are.
 */
export async function rebuiltPlaces(registry: Registry, store: ContentStore, stored: readonly Named[]): Promise<RebuiltPlace[]> {
  const known = madeOf(registry);
  const wanted = new Map<string, RebuiltPlace>();
  const unknown = new Set<string>();
  for (const item of stored) {
    const found = loadedPlace(registry, item) ?? known.places.get(item.contentHash);
    if (found) wanted.set(item.contentHash, found);
    else unknown.add(item.contentHash);
  }
  if (unknown.size > 0) {
    const places = await readContents(store, [...unknown]);
    const layers = await rebuiltLayers(known, store, [...new Set([...places.values()].flatMap(layersNamed))]);
    for (const [hash, text] of places) {
      const place = placeFromContent(text, layersNamed(text).map((layer) => required(layers, layer)));
      wanted.set(hash, place);
      keep(known.places, hash, place, MOST_PLACES);
    }
  }
  return stored.map(({ contentHash }) => required(wanted, contentHash));
}

function loadedPlace(registry: Registry, { jurisdictionCode, contentHash }: Named): RebuiltPlace | null {
  const place = registry.place(jurisdictionCode);
  return place && contentOf(place).place.hash === contentHash ? { place, changed: [] } : null;
}

async function rebuiltLayers({ code, layers }: Made, store: ContentStore, hashes: readonly string[]): Promise<ReadonlyMap<string, RebuiltLayer>> {
  const found = new Map(hashes.flatMap((hash) => (layers.has(hash) ? [[hash, required(layers, hash)] as const] : [])));
  const unknown = hashes.filter((hash) => !found.has(hash));
  if (unknown.length === 0) return found;
  for (const [hash, text] of await readContents(store, unknown)) {
    const layer = layerFromContent(text, code);
    found.set(hash, layer);
    keep(layers, hash, layer, MOST_LAYERS);
  }
  return found;
}

/** All of the contents, each as it was written: what was kept wrongly is a fault of ours, and answers nothing. */
async function readContents(store: ContentStore, hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = await store.contents(hashes);
  for (const hash of hashes) {
    const text = required(texts, hash);
    if (createHash('sha256').update(text).digest('hex') !== hash) throw new Error(`the stored content ${hash} is not what was written`);
  }
  return texts;
}

function madeOf(registry: Registry): Made {
  let found = made.get(registry);
  if (!found) made.set(registry, (found = { code: new LoadedCode(registry.plugins), layers: new Map(), places: new Map() }));
  return found;
}

/** The oldest go first. */
function keep<Value>(among: Map<string, Value>, hash: string, value: Value, most: number): void {
  among.set(hash, value);
  for (const oldest of among.keys()) {
    if (among.size <= most) return;
    among.delete(oldest);
  }
}

function required<Value>(among: ReadonlyMap<string, Value>, hash: string): Value {
  const found = among.get(hash);
  if (found === undefined) throw new Error(`the content ${hash} of a stored assessment is not in the store`);
  return found;
}
