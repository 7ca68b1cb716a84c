import type { ChangedCode } from '../../kernel/place-code.ts';
import type { ChangedFiles } from '../../plugin-host/engine.ts';
import type { Recomputation } from '../../workflows/recompute-assessment.ts';
import { MOST_DIFFERENCES } from '../../workflows/differences.ts';
import { AssessmentObject } from '../assessment/assessment.type.ts';
import { Field } from '../field.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { ID, Int, ObjectType, registerEnumType } from '../type-graphql.ts';
import { say } from '../view.ts';
import type { AnswerView } from '../assessment/answer-view.ts';

const kinds = { KERNEL: 'KERNEL', PLUGIN: 'PLUGIN', FORMULA: 'FORMULA', DUE_FORMULA: 'DUE_FORMULA', PLACEMENT: 'PLACEMENT' } as const;
registerEnumType(kinds, {
  name: 'ChangedPartKind',
  description: 'What kind of code has changed.',
  valuesConfig: {
    KERNEL: { description: 'The kernel, by its files.' },
    PLUGIN: { description: 'A plugin whose rules took part, by its files: what changed may be its data alone, which the answer does not use.' },
    FORMULA: { description: 'A formula of a rule, by its version.' },
    DUE_FORMULA: { description: 'A formula for the figure due from a person, by its version.' },
    PLACEMENT: { description: 'Where a ledger places its entries, by its version.' },
  },
});

@ObjectType('ChangedPart', { description: 'Code that is not what it was when the answer was stored.', simpleResolvers: true })
export class ChangedPart {
  @Field(() => kinds, { description: 'What kind of code.' })
  readonly kind!: keyof typeof kinds;
  @Field(() => String, { nullable: true, description: 'The name of the plugin or formula; null for the kernel and for the placement of a ledger.' })
  readonly name!: string | null;
  @Field(() => ID, { nullable: true, description: 'The rule or the ledger whose code it is; null for files.' })
  readonly of!: string | null;
  @Field(() => String, { description: 'Its version then, or the SHA-256 of its files.' })
  readonly then!: string;
  @Field(() => String, { nullable: true, description: 'The same today; null: it is there no more.' })
  readonly now!: string | null;
}

@ObjectType('AnswerDifference', { description: 'A place at which the answer of today differs from the stored one.', simpleResolvers: true })
export class AnswerDifference {
  @Field(() => String, { description: 'Where in the answer, such as `findings[0].actual`.' })
  readonly path!: string;
  @Field(() => JsonScalar, { nullable: true, description: 'What was stored; cut short where it is large, null also where nothing was.' })
  readonly then!: unknown;
  @Field(() => JsonScalar, { nullable: true, description: 'What is found today; cut short where it is large, null also where nothing is.' })
  readonly now!: unknown;
}

@ObjectType('Recomputation', { description: 'The stored question answered again: under the stored rulebook, from the stored facts, with the code of today.', simpleResolvers: true })
export class RecomputationObject {
  readonly #found: Recomputation;
  readonly #view: AnswerView;
  constructor(found: Recomputation, view: AnswerView) {
    this.#found = found;
    this.#view = view;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the answer is the same, to the byte of its canonical JSON; null: it cannot be computed, see `unavailable`.' })
  get same(): boolean | null {
    return this.#found.same;
  }
  @Field(() => Boolean, { description: 'Whether any code that takes part has changed since, whatever comes of it.' })
  get codeChanged(): boolean {
    return this.#found.changedFiles.length + this.#found.changedCode.length > 0;
  }
  @Field(() => [ChangedPart], { description: 'Which code has changed: by files, and by the versions that the stored rulebook names. Empty when none has.' })
  get changedParts(): ChangedPart[] {
    return [...this.#found.changedFiles.map(ofFiles), ...this.#found.changedCode.map(ofCode)];
  }
  @Field(() => [AnswerDifference], { description: `In what the answers differ, the first ${MOST_DIFFERENCES} places; empty when they are the same.` })
  get differences(): readonly AnswerDifference[] {
    return this.#found.differences;
  }
  @Field(() => Int, { description: 'How many more differences there are than those told.' })
  get moreDifferences(): number {
    return this.#found.moreDifferences;
  }
  @Field(() => AssessmentObject, { nullable: true, description: 'The answer of today; null when it cannot be computed.' })
  get assessment(): AssessmentObject | null {
    return this.#found.assessment && new AssessmentObject(this.#found.assessment, this.#view);
  }
  @Field(() => String, { nullable: true, description: 'Why it cannot be computed again, such as code that is there no more, by name; null when it could.' })
  get unavailable(): string | null {
    return this.#found.unavailable && say(this.#view, this.#found.unavailable);
  }
}

const ofFiles = ({ plugin, then, now }: ChangedFiles): ChangedPart => ({ kind: plugin === null ? 'KERNEL' : 'PLUGIN', name: plugin, of: null, then, now });
const KIND_OF = { formula: 'FORMULA', due: 'DUE_FORMULA', placement: 'PLACEMENT' } as const;
const ofCode = ({ kind, of, name, then, now }: ChangedCode): ChangedPart => ({ kind: KIND_OF[kind], name, of, then: String(then), now: now === null ? null : String(now) });
