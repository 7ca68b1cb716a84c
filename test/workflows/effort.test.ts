import { expect, test } from 'vitest';
import { instantOf } from '../../src/kernel/civil-day.ts';
import { Effort, MILLISECOND } from '../../src/kernel/effort.ts';
import { askQuestion } from '../../src/workflows/ask-question.ts';
import type { Answer, QuestionInput } from '../../src/workflows/ask-question.ts';
import { loadRegistry } from '../support/plugins.ts';

const registry = await loadRegistry();
const question = (entries: number, credits: string | null = '0.5'): QuestionInput => ({
  jurisdiction: '310101',
  decision: 'creditCompletion',
  at: instantOf('2020-12-31T00:00:00+08:00'),
  facts: { developmentSchool: 'none', roles: [], entries: Array.from({ length: entries }, (_, index) => ({ credits, completedOn: '2018-05-01', level: ['municipal', 'district', 'school'][index % 3] ?? '', category: 'knowledgeSkills' })) },
});
const codes = (answer: Answer): string[] => (answer.ok ? [answer.assessment.verdict] : answer.problems.map(({ code }) => code));

test('a question that costs more than it may is refused, not approximated', () => {
  expect(codes(askQuestion(registry, question(40), { effort: new Effort(1_000) }))).toEqual(['PROBLEM_TOO_LARGE']);
  expect(codes(askQuestion(registry, question(40), { effort: new Effort(100 * MILLISECOND) }))).toEqual(['NOT_MET']);
});

test('questions share what their request may cost, and the same ones are refused every time', () => {
  const ask = (): string[] => {
    const effort = new Effort(5 * MILLISECOND);
    return Array.from({ length: 20 }, () => codes(askQuestion(registry, question(100), { effort }))[0] ?? '');
  };
  const answers = ask();
  expect(answers[0]).toBe('NOT_MET');
  expect(answers.at(-1)).toBe('PROBLEM_TOO_LARGE');
  expect(answers.indexOf('PROBLEM_TOO_LARGE')).toBe(answers.lastIndexOf('NOT_MET') + 1);
  expect(ask()).toEqual(answers);
});

test('a thousand entries of open amounts are answered', () => {
  const answer = askQuestion(registry, question(1_000, null));
  expect(answer.ok && answer.assessment.ledgers[0]?.gap.amount).toBeNull();
});
