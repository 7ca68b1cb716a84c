import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { canonicalOnce } from './canonical.ts';
import type { CivilDay } from './civil-day.ts';
import type { JurisdictionSpec } from './jurisdiction.ts';
import { lawOf } from './law.ts';
import type { Law, Layer, Standing } from './law.ts';

export type { Law, Layer, RuleStatus, RuleVersion, Standing } from './law.ts';

/** The rules that hold in a jurisdiction on a day: a segment of time in which nothing changes. */
export interface Rulebook extends Standing {
  readonly place: Place;
  /** What it shares with all places under the same law: what does not depend on the place is kept by this. */
  readonly standing: Standing;
  /** SHA-256 over the canonical JSON of the rules, their documents, ledgers and the versions of formulas. */
  readonly hash: string;
}

/** Everything known about a jurisdiction through time. */
export interface Place extends Law {
  readonly jurisdiction: JurisdictionSpec;
  /** What it shares with all places of the same layers. */
  readonly law: Law;
  rulebookOn(on: CivilDay): Rulebook;
}

/** A jurisdiction under the law of its layers, the nation's first. */
export function composePlace(jurisdiction: JurisdictionSpec, layers: readonly Layer[]): Place {
  const law = lawOf(layers);
  const rulebooks = new Map<Standing, Rulebook>();
  const place: Place = {
    ...law,
    jurisdiction,
    law,
    rulebookOn(on) {
      const standing = law.standingOn(on);
      let rulebook = rulebooks.get(standing);
      if (!rulebook) rulebooks.set(standing, (rulebook = rulebookOf(place, standing)));
      return rulebook;
    },
  };
  return place;
}

function rulebookOf(place: Place, standing: Standing): Rulebook {
  let hash: string | undefined;
  return {
    ...standing,
    place,
    standing,
    get hash() {
      return (hash ??= hashOf(place.jurisdiction, standing));
    },
  };
}

/** The canonical JSON of a rulebook: what comes before the code of the place, hashed, and what comes after it. */
interface Written {
  readonly before: Hash;
  readonly after: Buffer;
}
const written = new WeakMap<Standing, Written>();

/** Of 3,000 places under the law of the nation alone the texts differ in the code: all else is written out once. */
function hashOf({ code }: JurisdictionSpec, standing: Standing): string {
  let content = written.get(standing);
  if (!content) written.set(standing, (content = write(standing)));
  return content.before.copy().update(JSON.stringify(code)).update(content.after).digest('hex');
}

/** Canonical JSON, put together from what each declaration is written as. */
function write({ law, rules }: Standing): Written {
  const list = (items: readonly string[]): string => `[${items.join(',')}]`;
  const facts = list([...law.facts.values()].map(canonicalOnce));
  const ledgers = list([...law.ledgers.values()].map(canonicalOnce));
  const standing = list(rules.map(({ spec, document }) => `{"document":${canonicalOnce(document)},"spec":${canonicalOnce(spec)}}`));
  return { before: createHash('sha256').update(`{"facts":${facts},"jurisdiction":`), after: Buffer.from(`,"ledgers":${ledgers},"rules":${standing}}`) };
}
