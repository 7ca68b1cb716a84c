import { GraphQLError } from 'graphql';
import type { Problem } from '../workflows/problem.ts';
import type { View } from './view.ts';
import { say } from './view.ts';

/** Refuses a request as a whole: one error that carries everything that is wrong, with the code of the first. */
export function refuseInput(view: View, problems: readonly Problem[]): never {
  const details = problems.map(({ code, path, value, message, nearest }) => ({ code, path, value: value ?? null, message: say(view, message), nearest }));
  throw new GraphQLError(details.map(({ message }) => message).join(' '), { extensions: { code: details[0]?.code, problems: details } });
}
