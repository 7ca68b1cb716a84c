import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Block {
  readonly language: string;
  /** What stands behind the language: `variables`, `answer`, the path of a file. */
  readonly tag: string;
  readonly text: string;
}
export interface Example {
  readonly query: string;
  readonly tag: string;
  readonly variables: object | undefined;
  readonly answer: unknown;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const blocksOf = (name: string): Block[] =>
  [...readFileSync(ROOT + name, 'utf8').matchAll(/^```(\w+) ?([^\n]*)\n(.*?)^```$/gms)].map(([, language = '', tag = '', text = '']) => ({ language, tag, text }));

/** The queries of a README, each with its variables and the answer that it shows. */
export function examplesOf(name: string): Example[] {
  const blocks = blocksOf(name);
  return blocks.flatMap(({ language, tag, text }, index) => {
    if (language !== 'graphql') return [];
    const variables = blocks[index + 1]?.tag === 'variables' ? blocks[index + 1] : undefined;
    const answer = blocks[index + (variables ? 2 : 1)];
    return [{ query: text, tag, variables: variables && (JSON.parse(variables.text) as object), answer: answer?.tag === 'answer' ? JSON.parse(answer.text || 'null') : null }];
  });
}
