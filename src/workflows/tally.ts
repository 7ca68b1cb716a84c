import type { Finding, Verdict } from '../kernel/finding.ts';
import type { Answer } from './ask-question.ts';
import type { ProblemCode } from './problem.ts';

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** How the findings of one rule came out. */
export interface RuleTally {
  readonly rule: string;
  readonly verdicts: VerdictCounts;
  /** Of how many the finding, or a part of it, falls short of a figure. */
  readonly short: number;
}

/** How the answers about some people came out. */
export interface Tally {
  readonly people: number;
  readonly verdicts: VerdictCounts;
  /** People about whom there is no verdict, by what stands in the way. */
  readonly notJudged: readonly { readonly code: ProblemCode; readonly count: number }[];
  /** Binding rules in the order in which they were met. */
  readonly rules: readonly RuleTally[];
  /** The rulebooks that decided, each once. */
  readonly rulebooks: readonly { readonly hash: string; readonly from: string | null; readonly to: string | null }[];
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

const none = (): Record<Verdict, number> => ({ MET: 0, NOT_MET: 0, UNDETERMINED: 0, NOT_APPLICABLE: 0 });

/** Counts answers one by one, so that none has to be kept. */
export class Counting {
  #people = 0;
  readonly #verdicts = none();
  readonly #notJudged = new Map<ProblemCode, number>();
  readonly #rules = new Map<string, Mutable<RuleTally> & { readonly verdicts: Record<Verdict, number> }>();
  readonly #rulebooks = new Map<string, Tally['rulebooks'][number]>();

  add(answer: Answer): void {
    this.#people++;
    if (!answer.ok) {
      const code = answer.problems[0]?.code ?? 'MORE_PROBLEMS';
      this.#notJudged.set(code, (this.#notJudged.get(code) ?? 0) + 1);
      return;
    }
    const { verdict, findings, rulebookHash: hash, rulebookPeriod } = answer.assessment;
    this.#verdicts[verdict]++;
    if (!this.#rulebooks.has(hash)) this.#rulebooks.set(hash, { hash, from: rulebookPeriod.from, to: rulebookPeriod.to });
    for (const finding of findings) if (finding.binding) this.#addFinding(finding);
  }

  result(): Tally {
    return {
      people: this.#people,
      verdicts: this.#verdicts,
      notJudged: [...this.#notJudged].map(([code, count]) => ({ code, count })),
      rules: [...this.#rules.values()],
      rulebooks: [...this.#rulebooks.values()],
    };
  }

  #addFinding(finding: Finding): void {
    let tally = this.#rules.get(finding.rule);
    if (!tally) this.#rules.set(finding.rule, (tally = { rule: finding.rule, verdicts: none(), short: 0 }));
    tally.verdicts[finding.verdict]++;
    if (isShort(finding)) tally.short++;
  }
}

const isShort = ({ verdict, shortfall, parts }: Finding): boolean => (verdict === 'NOT_MET' && shortfall !== null && shortfall !== '0') || parts.some(isShort);
