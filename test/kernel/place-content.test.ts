import { describe, expect, it } from 'vitest';
import { assess } from '../../src/kernel/assess.ts';
import { canonicalJson } from '../../src/kernel/canonical.ts';
import { LoadedCode } from '../../src/kernel/place-code.ts';
import { contentOf, layerFromContent, layersNamed, placeFromContent } from '../../src/kernel/place-content.ts';
import type { RebuiltPlace } from '../../src/kernel/place-content.ts';
import type { Place } from '../../src/kernel/place.ts';
import { goldenCases, placeOf, questionOf } from '../../src/testing/golden-cases.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';

const registry = await loadRegistry();
const manifests = await loadManifests(PLUGINS_FOLDER);
const cases = goldenCases(PLUGINS_FOLDER, manifests);
const code = new LoadedCode(registry.plugins);

const rebuilt = new Map<Place, RebuiltPlace>();
function rebuild(place: Place): RebuiltPlace {
  const content = contentOf(place);
  const known = rebuilt.get(place) ?? placeFromContent(content.place.text, content.layers.map(({ text }) => layerFromContent(text, code)));
  rebuilt.set(place, known);
  return known;
}

describe('a place made of its content', () => {
  it.each(manifests.map(({ name }) => name))('answers every golden case with the same bytes, in the same order: %s', (name) => {
    const own = cases.filter(({ plugin }) => plugin.name === name);
    for (const item of own) {
      const place = placeOf(registry, item);
      const again = rebuild(place);
      expect(again.changed).toEqual([]);
      const before = assess(place, questionOf(place, item));
      const after = assess(again.place, questionOf(again.place, item));
      expect(JSON.stringify(after), `${item.file}: ${item.name}`).toBe(JSON.stringify(before));
      expect(canonicalJson(JSON.parse(JSON.stringify(after)))).toBe(canonicalJson(before));
    }
    expect(own.length).toBeGreaterThan(20);
  }, 60_000);

  it('has the rulebooks of the place, by hash, on every day on which something changes', () => {
    for (const { jurisdiction } of registry.plugins) {
      const place = registry.place(jurisdiction.code);
      if (!place) throw new Error(`no place ${jurisdiction.code}`);
      const again = rebuild(place).place;
      expect(again.changes).toEqual(place.changes);
      for (const on of place.changes) expect(again.rulebookOn(on).hash).toBe(place.rulebookOn(on).hash);
    }
  });

  it('cannot be changed by whoever answers with it', () => {
    for (const { place } of rebuilt.values()) {
      for (const { spec } of [...place.versions.values()].flat()) expect(Object.isFrozen(spec) && Object.isFrozen(spec.params ?? Object.freeze({}))).toBe(true);
    }
    expect(rebuilt.size).toBeGreaterThan(3);
  });

  it('has the same content again, and names its layers by their hash', () => {
    for (const { jurisdiction } of registry.plugins) {
      const place = registry.place(jurisdiction.code);
      if (!place) throw new Error(`no place ${jurisdiction.code}`);
      const content = contentOf(place);
      const again = contentOf(rebuild(place).place);
      expect(again).toEqual(content);
      expect(layersNamed(content.place.text)).toEqual(content.layers.map(({ hash }) => hash));
    }
  });

  it('shares the layers of its province', () => {
    const inOne = [...registry.jurisdictions.keys()].filter((code) => code.startsWith('3101')).map((code) => registry.place(code));
    expect(inOne.length).toBeGreaterThan(2);
    const contents = inOne.flatMap((place) => (place ? [contentOf(place)] : []));
    expect(new Set(contents.map(({ place }) => place.hash)).size).toBe(inOne.length);
    expect(new Set(contents.flatMap(({ layers }) => layers.map(({ hash }) => hash))).size).toBe(2);
  });
});
