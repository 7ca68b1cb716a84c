import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { Field, InputType } from '../type-graphql.ts';

@InputType({ description: 'Somebody who signs in, by what the access token says; an account is made where there is none.' })
export class SubjectInput {
  @Field(() => String, { description: 'The issuer of the tokens: the address of the provider (`iss`).' })
  readonly issuer!: string;
  @Field(() => String, { description: 'The subject (`sub`).' })
  readonly subject!: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is another system rather than a person.' })
  readonly isClient!: boolean;
  @Field(() => String, { nullable: true, description: 'A name for lists; default: none.' })
  readonly name?: string | null;
}

const MOST_TEXT = 200;

/** What is wrong with how somebody is named. */
export function problemsOfSubject({ issuer, subject, name }: SubjectInput, path: string): Problem[] {
  const texts = Object.entries({ issuer, subject, ...(name == null ? {} : { name }) });
  return texts.filter(([, given]) => !isPlain(given)).map(([field, given]) => problem('OUT_OF_RANGE', `${path}.${field}`, given, 'access.subject-text', [], { max: MOST_TEXT }));
}

const isPlain = (given: string): boolean => given.trim() !== '' && given.length <= MOST_TEXT && !/\p{Cc}/u.test(given) && given.isWellFormed();
