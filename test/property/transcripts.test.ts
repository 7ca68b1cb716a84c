import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/kernel/assess.ts';
import { Exact } from '../../src/kernel/exact.ts';
import type { FactInput } from '../../src/kernel/facts.ts';
import type { Finding } from '../../src/kernel/finding.ts';
import type { LedgerSpec } from '../../src/kernel/ledger.ts';
import type { Place } from '../../src/kernel/place.ts';
import { goldenCases, placeOf } from '../../src/testing/golden-cases.ts';
import type { LocatedCase } from '../../src/testing/golden-cases.ts';
import { assessWith } from '../support/missing-facts.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';

const registry = await loadRegistry();
const cases = goldenCases(PLUGINS_FOLDER, await loadManifests(PLUGINS_FOLDER));

type Entry = Readonly<Record<string, FactInput>>;
interface Transcript {
  readonly item: LocatedCase;
  readonly place: Place;
  readonly ledger: LedgerSpec;
  readonly entries: readonly Entry[];
}

const transcripts: Transcript[] = cases.flatMap((item) => {
  const place = placeOf(registry, item);
  const ledger = [...place.ledgers.values()].find(({ entries }) => Array.isArray(item.facts?.[entries.fact]) && (item.facts[entries.fact] as Entry[]).length > 0);
  return ledger ? [{ item, place, ledger, entries: item.facts?.[ledger.entries.fact] as Entry[] }] : [];
});

/** What may not depend on how entries are written down: by requirement, and units moved by cell. */
function essence({ verdict, findings, ledgers }: Assessment): unknown {
  const moved = new Map<string, Exact>();
  for (const { entries } of ledgers) {
    for (const { movedFrom, at, amount } of entries) {
      if (!movedFrom || amount === null) continue;
      const key = JSON.stringify([movedFrom, at]);
      moved.set(key, (moved.get(key) ?? Exact.zero).plus(Exact.of(amount)));
    }
  }
  return {
    verdict,
    rows: findings.flatMap(flat),
    gaps: ledgers.map(({ gap }) => [gap.amount, gap.cells.map(({ amount, at }) => [amount, at])]),
    moved: [...moved].map(([cells, amount]) => [cells, amount.toString()]).sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
  };
}
const flat = (finding: Finding): unknown[] => [[finding.rule, finding.part, finding.verdict, finding.required, finding.actual, finding.shortfall], ...finding.parts.flatMap(flat)];

const answer = ({ item, place, ledger }: Transcript, entries: readonly Entry[]): Assessment => {
  const found = assessWith(place, item, { ...item.facts, [ledger.entries.fact]: entries as FactInput });
  if (!found) throw new Error(`${item.name}: entries were refused`);
  return found;
};

/** One entry as two of the same kind and day. */
function split(ledger: LedgerSpec, entry: Entry, share: number): Entry[] {
  const amount = entry[ledger.entries.amount];
  const value = typeof amount === 'string' || typeof amount === 'number' ? Exact.parse(String(amount)) : null;
  if (!value) return [entry];
  const units = Number(value.times(Exact.of(ledger.perWhole)).floor());
  if (units < 2) return [entry];
  const first = 1 + (share % (units - 1));
  return [first, units - first].map((part) => ({ ...entry, [ledger.entries.amount]: Exact.ratio(part, ledger.perWhole).toString() }));
}

describe('the way in which entries are written down', () => {
  it('does not matter: order, and one entry as two', () => {
    expect(transcripts.length).toBeGreaterThan(20);
    const chosen = fc.constantFrom(...transcripts);
    fc.assert(
      fc.property(chosen, fc.array(fc.nat(10_000), { minLength: 60, maxLength: 60 }), fc.infiniteStream(fc.nat(1_000_000)), (transcript, shares, keys) => {
        const { ledger, entries } = transcript;
        const whole = answer(transcript, entries);
        // Two entries of which the same is unknown may still differ in it: they say less than one.
        const unknown = new Set(whole.ledgers.flatMap((found) => found.entries.flatMap(({ index, nowhere }) => (nowhere === 'UNSETTLED' ? [index] : []))));
        const pieces = entries.flatMap((entry, index) => (unknown.has(index) || (shares[index % 60] ?? 0) % 3 === 0 ? [entry] : split(ledger, entry, shares[index % 60] ?? 0)));
        const order = pieces.map((entry) => ({ entry, key: Number(keys.next().value) })).sort((a, b) => a.key - b.key);
        expect(essence(answer(transcript, order.map(({ entry }) => entry)))).toEqual(essence(whole));
      }),
      { numRuns: 600, seed: 20201231 },
    );
  });

  it('one more entry never raises the gap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...transcripts), fc.nat(1000), (transcript, which) => {
        const { entries } = transcript;
        const more = entries[which % entries.length] as Entry;
        const before = answer(transcript, entries).ledgers[0]?.gap.amount;
        const after = answer(transcript, [...entries, more]).ledgers[0]?.gap.amount;
        if (before == null || after == null) return;
        expect(Exact.of(after).compare(Exact.of(before))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 300, seed: 20201231 },
    );
  });

  it('no unit lies in two cells, and none is lost', () => {
    for (const transcript of transcripts) {
      const { ledger, entries } = transcript;
      for (const found of answer(transcript, entries).ledgers.filter((candidate) => candidate.ledger === ledger.id)) {
        entries.forEach((entry, index) => {
          const amount = entry[ledger.entries.amount];
          const portions = found.entries.filter((placement) => placement.index === index);
          expect(portions.length).toBeGreaterThan(0);
          if (amount == null || portions.some((portion) => portion.amount === null)) return;
          const sum = portions.reduce((total, portion) => total.plus(Exact.of(portion.amount ?? '0')), Exact.zero);
          expect(sum.toString()).toBe(Exact.of(String(amount)).toString());
        });
      }
    }
  });
});
