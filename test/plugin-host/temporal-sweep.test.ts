import { describe, expect, test } from 'vitest';
import { addDays, addYears, compareDays, day, includes } from '../../src/kernel/civil-day.ts';
import type { CivilDay } from '../../src/kernel/civil-day.ts';
import type { Place, Rulebook, RuleVersion } from '../../src/kernel/place.ts';
import { FIXTURES_FOLDER, loadRegistry } from '../support/plugins.ts';

const registry = await loadRegistry(FIXTURES_FOLDER);
const places = registry.plugins.map(({ name, jurisdiction }) => ({ name, place: registry.place(jurisdiction.code) as Place }));

const today = day(Temporal.Now.plainDateISO('Asia/Shanghai').toString());

/** The first day of every month, from that of the first document to two years ahead. */
function months(place: Place): CivilDay[] {
  const first = [...place.documents.values()].map(({ inForce }) => inForce.from).sort()[0] ?? today;
  const found: CivilDay[] = [];
  let month = Temporal.PlainDate.from(first).with({ day: 1 });
  for (; compareDays(day(month.toString()), addYears(today, 2)) <= 0; month = month.add({ months: 1 })) found.push(day(month.toString()));
  return found;
}

/** Besides the months, every day on which something changes, and the day before. */
const days = (place: Place): CivilDay[] => [...new Set([...months(place), ...place.changes.flatMap((change) => [addDays(change, -1), change])])].sort(compareDays);

const inForce = (versions: readonly RuleVersion[], on: CivilDay): RuleVersion[] => versions.filter(({ period }) => includes(period, on));

/** What is wrong with the standing of a rule on a day. */
function wrongStanding(rulebook: Rulebook, id: string, versions: readonly RuleVersion[], on: CivilDay): string | null {
  const current = inForce(versions, on);
  const status = rulebook.status(id);
  if (current.length > 1) return 'two versions';
  switch (status.state) {
    case 'inForce':
      return status.version === current[0] ? null : 'in force without a version';
    case 'carriedOut':
    case 'replaced':
      return status.version === current[0] && rulebook.rules.includes(status.by) ? null : `${status.state} by a rule that is not in force`;
    case 'ended':
      return current[0] && status.last.period.to !== null && compareDays(status.last.period.to, on) < 0 ? null : 'ended by a rule that has not ended';
    case 'unread':
      return includes({ from: day(status.document.inForce.from), to: status.document.inForce.to === null ? null : day(status.document.inForce.to) }, on) ? null : 'left unread by a document that is not in force';
    case 'notInForce':
      return current.length === 0 && (status.last ?? status.next) ? null : 'not in force with a version';
    case 'unknown':
      return 'unknown';
  }
}

/** Between two versions of a rule, or a rule and the one that follows it, days without one are declared by the document before. */
function undeclaredGap(rulebook: Rulebook, id: string, on: CivilDay): string | null {
  const status = rulebook.status(id);
  if (status.state !== 'notInForce' || !status.last || status.successor || status.last.document.gapAfter) return null;
  const followers = [...rulebook.place.versions.values()].flat().filter(({ spec }) => spec.succeeds === id);
  const next = [...followers, ...(status.next ? [status.next] : [])].find(({ period }) => period.from !== null && compareDays(period.from, on) > 0);
  return next ? `between ${status.last.period.to} and ${next.period.from}` : null;
}

describe.each(places)('the rulebooks of $name', ({ place }) => {
  const swept = days(place).map((on) => ({ on, rulebook: place.rulebookOn(on) }));

  test('have no rule with two versions on one day, and say of each rule what its versions say', () => {
    const wrong = swept.flatMap(({ on, rulebook }) => [...place.versions].flatMap(([id, versions]) => wrongStanding(rulebook, id, versions, on) ?? []).map((what) => `${on} ${what}`));
    expect(wrong).toEqual([]);
  });

  test('leave out days only where a document says so', () => {
    const wrong = swept.flatMap(({ on, rulebook }) => [...place.versions.keys()].flatMap((id) => undeclaredGap(rulebook, id, on) ?? []).map((what) => `${on} ${what}`));
    expect(wrong).toEqual([]);
  });

  test('hold on every day of the period that they give, with the same rules and hash', () => {
    for (const { on, rulebook } of swept) {
      expect(includes(rulebook.period, on), `${on}`).toBe(true);
      for (const end of [rulebook.period.from, rulebook.period.to]) if (end) expect(place.rulebookOn(end), `${on} and ${end}`).toBe(rulebook);
      expect(rulebook.rules).toEqual([...place.versions.values()].flatMap((versions) => inForce(versions, on)));
    }
  });

  test('change their hash exactly where their rules change', () => {
    const books = [...new Set(swept.map(({ rulebook }) => rulebook))];
    const contents = new Map(books.map((book) => [book.hash, book.rules.map(({ spec }) => spec)]));
    for (const book of books) expect(contents.get(book.hash)).toEqual(book.rules.map(({ spec }) => spec));
    expect(books.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });
});

test('months run from the first document to two years ahead', () => {
  for (const { place } of places) {
    const swept = months(place);
    expect(swept.length).toBeGreaterThan(24);
    expect(compareDays(swept.at(-1) as CivilDay, addDays(addYears(today, 2), -31))).toBeGreaterThan(0);
  }
});
