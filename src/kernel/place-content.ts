import { createHash } from 'node:crypto';
import type { JurisdictionSpec } from './jurisdiction.ts';
import type { LedgerSpec } from './ledger.ts';
import { composePlace } from './place.ts';
import type { Layer, Place } from './place.ts';
import { formulasOf, placementVersion } from './place-code.ts';
import type { ChangedCode, CodePart, LoadedCode } from './place-code.ts';

/** A text with the SHA-256 over its bytes: kept once, however often it is needed. */
export interface Content {
  readonly hash: string;
  readonly text: string;
}

/**
 * All that answers in a place depend on, but for code: the place, which names its layers by hash, and each of them. Places
 * of one province so share its layers. The text is JSON in the order of the rule files, because the order of parts and of
 * rules is the order in which answers tell them; it is hashed as it stands.
 */
export interface PlaceContent {
  readonly place: Content;
  /** The nation's first. */
  readonly layers: readonly Content[];
}

/** The form of these texts; raised when an older one can no longer be read like a newer one. */
const FORM = 1;

interface PlaceText {
  readonly form: number;
  readonly jurisdiction: JurisdictionSpec;
  readonly layers: readonly string[];
}

const contentOfText = (text: string): Content => ({ hash: createHash('sha256').update(text).digest('hex'), text });

const layers = new WeakMap<Layer, Content>();
const places = new WeakMap<Place, PlaceContent>();

/** The content of a place; worked out once for each place and each layer. */
export function contentOf(place: Place): PlaceContent {
  let content = places.get(place);
  if (!content) {
    const below = place.layers.map(contentOfLayer);
    const text: PlaceText = { form: FORM, jurisdiction: place.jurisdiction, layers: below.map(({ hash }) => hash) };
    content = { place: contentOfText(JSON.stringify(text)), layers: below };
    places.set(place, content);
  }
  return content;
}

function contentOfLayer(layer: Layer): Content {
  let content = layers.get(layer);
  if (!content) {
    const { name, jurisdiction, documents, facts, rules, decisions, ledgers } = layer;
    content = contentOfText(JSON.stringify({ form: FORM, name, jurisdiction, documents, facts, rules, decisions, ledgers }));
    layers.set(layer, content);
  }
  return content;
}

/** The layers that the content of a place names. */
export const layersNamed = (placeText: string): readonly string[] => readText<PlaceText>(placeText).layers;

/** A layer as it was, with the code of today. */
export interface RebuiltLayer {
  readonly layer: Layer;
  /** Its code that is not of the version it had. */
  readonly changed: readonly ChangedCode[];
}

/** A place as it was, with the code of today. */
export interface RebuiltPlace {
  readonly place: Place;
  readonly changed: readonly ChangedCode[];
}

/** Thrown by what stands for code that is there no more, once an answer needs it. */
export class CodeGone extends Error {
  readonly part: CodePart & { readonly then: number };
  constructor(part: CodePart & { readonly then: number }) {
    super(`the code of ${part.kind} ${part.name ?? ''} of ${part.of} (version ${part.then}) is not loaded`);
    this.part = part;
  }
}

/** Makes a layer of its content and of the code that is loaded. Code that is not there throws CodeGone when it is needed. */
export function layerFromContent(text: string, code: LoadedCode): RebuiltLayer {
  const changed: ChangedCode[] = [];
  const layer = withCode(readText<Layer & { readonly form: number }>(text), code, changed);
  freeze(layer);
  return { layer, changed };
}

/** It is kept for many answers, and no formula may change what the next one finds. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

/** Makes a place of its content and of its layers, in their order. */
export function placeFromContent(text: string, rebuilt: readonly RebuiltLayer[]): RebuiltPlace {
  const { jurisdiction } = readText<PlaceText>(text);
  return { place: composePlace(jurisdiction, rebuilt.map(({ layer }) => layer)), changed: rebuilt.flatMap(({ changed }) => changed) };
}

function readText<Shape extends { readonly form: number }>(text: string): Shape {
  const read = JSON.parse(text) as Shape;
  if (read.form !== FORM) throw new RangeError(`stored content of the unknown form ${read.form}`);
  return read;
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

/** Fills in the functions; the layer is fresh from its text and nobody else's. */
function withCode(layer: Layer, code: LoadedCode, changed: ChangedCode[]): Layer {
  for (const rule of layer.rules) {
    for (const formula of formulasOf(rule)) {
      const { kind, spec } = formula;
      const part = { kind, of: rule.id, name: spec.name, then: spec.version };
      const found = code.formula(rule, formula);
      note(part, found?.version ?? null, changed);
      (spec as Open<{ run: unknown }>).run = found?.run ?? gone(part);
    }
  }
  for (const ledger of layer.ledgers ?? []) {
    const part = { kind: 'placement', of: ledger.id, name: null, then: placementVersion(ledger) } as const;
    const found = code.placement(ledger.id);
    note(part, found?.version ?? null, changed);
    (ledger as Open<LedgerSpec>).place = found?.place ?? gone(part);
  }
  return layer;
}

function note(part: CodePart & { readonly then: number }, now: number | null, changed: ChangedCode[]): void {
  if (now === part.then || changed.some(({ kind, of, name, then }) => kind === part.kind && of === part.of && name === part.name && then === part.then)) return;
  changed.push({ ...part, now });
}

const gone = (part: CodePart & { readonly then: number }) => (): never => {
  throw new CodeGone(part);
};
