import { distance } from 'fastest-levenshtein';

/** No name is longer, and comparing takes time with the length. */
const LONGEST = 200;

/** Up to three known names that look most like the one given, the nearest first; none where nothing is like it. */
export function nearestNames(given: string, known: Iterable<string>): string[] {
  if (given.length > LONGEST) return [];
  const wanted = given.toLowerCase();
  const allowed = Math.max(2, Math.ceil(given.length / 2));
  const scored: { name: string; score: number }[] = [];
  for (const name of known) {
    const lower = name.toLowerCase();
    const score = lower.includes(wanted) || wanted.includes(lower) ? Math.min(2, allowed) : distance(wanted, lower);
    if (score <= allowed) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, 3).map(({ name }) => name);
}
