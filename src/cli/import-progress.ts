import type { Progress } from '../imports/import-files.ts';
import type { Language } from '../i18n/render.ts';

const EVERY_MS = 200;
const PHASES: Readonly<Record<Language, Readonly<Record<Progress['phase'], string>>>> = {
  zh: { reading: '读取', waiting: '等待其他写入', comparing: '比对', taking: '写入' },
  en: { reading: 'reading', waiting: 'waiting for other writers', comparing: 'comparing', taking: 'writing' },
};

/** Shows on a terminal how far an import is, in one line that is written again and again; nothing where nobody looks. */
export function progressOn(terminal: NodeJS.WriteStream, language: Language): { show(progress: Progress): void; clear(): void } {
  if (!terminal.isTTY) return { show: () => undefined, clear: () => undefined };
  const startedAt = performance.now();
  let shownAt = 0;
  let phase = '';
  return {
    show(progress) {
      const now = performance.now();
      if (now - shownAt < EVERY_MS && progress.phase === phase) return;
      shownAt = now;
      phase = progress.phase;
      const { file, rows, bytes, ofBytes } = progress;
      const megabytes = (count: number): string => (count / 1_000_000).toFixed(1);
      const rate = Math.round((rows * 1_000) / Math.max(1, now - startedAt));
      terminal.write(`\r\x1b[K${file}: ${PHASES[language][progress.phase]}, ${rows} rows, ${megabytes(bytes)}${ofBytes === null ? '' : ` / ${megabytes(ofBytes)}`} MB, ${rate} rows/s`);
    },
    clear: () => void terminal.write('\r\x1b[K'),
  };
}
