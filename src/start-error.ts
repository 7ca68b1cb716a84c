import type { Text } from './kernel/text.ts';

/**
 * A reason why the server cannot start that its operator can mend: a bad setting, a port in use, a faulty plugin.
 * Each line says what was found and what to do; it is shown in both languages, without a stack trace.
 */
export class StartError extends Error {
  readonly lines: readonly Text[];

  constructor(lines: readonly Text[]) {
    super(lines.map(({ en }) => en).join('\n'));
    this.name = 'StartError';
    this.lines = lines;
  }
}

/** All lines in Chinese, then all in English. */
export const describeStartError = ({ lines }: StartError): string =>
  `师训无法启动:\n${lines.map(({ zh }) => `  - ${zh}`).join('\n')}\nShixun cannot start:\n${lines.map(({ en }) => `  - ${en}`).join('\n')}\n`;
