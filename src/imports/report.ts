import { findingMessages } from '../i18n/finding-messages.ts';
import { importMessages } from '../i18n/import-messages.ts';
import { render } from '../i18n/render.ts';
import type { Catalog, Language } from '../i18n/render.ts';
import type { FileResult } from './import-files.ts';
import type { Problem } from './problem.ts';

const catalog: Catalog = { messages: new Map([...Object.entries(findingMessages), ...Object.entries(importMessages)]), units: new Map() };

/** What was expected, with the known names that look like what was found. */
export function expectation({ expected, nearest }: Problem, language: Language): string {
  const sentence = render(catalog, expected, language);
  if (nearest.length === 0) return sentence;
  return language === 'zh' ? `${sentence}最接近的是:${nearest.join('、')}。` : `${sentence} Did you mean: ${nearest.join(', ')}?`;
}

/** A problem as one line for people: file, line, column, value, expectation. */
export function problemLine(problem: Problem, language: Language): string {
  const { file, line, column, value, code } = problem;
  const where = line === null ? file : `${file}:${line}`;
  const found = value === null ? '' : language === 'zh' ? `“${value}”` : ` "${value}"`;
  return `${where}${column === null ? '' : ` [${column}]`}${found}: ${expectation(problem, language)} (${code})`;
}

/** A problem for programs, with the sentence for people. */
export const problemData = (problem: Problem, language: Language): object => {
  const { code, file, line, column, value, nearest } = problem;
  return { code, file, line, column, value, message: expectation(problem, language), nearest };
};

/** What became of a file, in one line. */
export function resultLine({ file, kind, status, isDryRun, rows, effects, refused, problems, problemCount }: FileResult, language: Language): string {
  const { added, unchanged, advanced, amended } = effects;
  const more = problemCount - problems.length;
  if (language === 'zh') {
    const stood = { taken: isDryRun ? '可以导入(试运行,未写入)' : '已导入', refused: '未导入,没有写入任何内容', skipped: '未处理:前面的文件没有导入' }[status];
    return `${file}${kind ? `(${kind})` : ''}:${stood};共 ${rows} 行,新增 ${added},未变 ${unchanged},状态推进 ${advanced},更正 ${amended},拒绝 ${refused}${problemCount > 0 ? `;问题 ${problemCount} 处${more > 0 ? `,其中 ${more} 处未列出` : ''}` : ''}`;
  }
  const stood = { taken: isDryRun ? 'can be taken (dry run, nothing was written)' : 'taken', refused: 'refused, nothing of it was written', skipped: 'skipped: an earlier file was refused' }[status];
  return `${file}${kind ? ` (${kind})` : ''}: ${stood}; ${rows} rows, ${added} added, ${unchanged} unchanged, ${advanced} advanced, ${amended} amended, ${refused} refused${problemCount > 0 ? `; ${problemCount} problems${more > 0 ? `, ${more} of them not listed` : ''}` : ''}`;
}
