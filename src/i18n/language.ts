import type { Language } from './render.ts';

const DEFAULT_LANGUAGE: Language = 'zh';
/** What `Content-Language` says. */
export const languageTags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

const known = new Map<string, Language>();
const KNOWN_HEADERS = 200;

/**
 * Which language an `Accept-Language` header asks for: the one of highest quality that the product speaks, the
 * earlier of equal ones, Chinese when the header is absent or names neither.
 */
export function chooseLanguage(header: string | undefined): Language {
  if (!header) return DEFAULT_LANGUAGE;
  const remembered = known.get(header);
  if (remembered) return remembered;
  const chosen = negotiate(header.slice(0, 500));
  // Browsers send a handful of headers; a flood of odd ones must not grow the table.
  if (known.size < KNOWN_HEADERS) known.set(header.slice(0, 500), chosen);
  return chosen;
}

function negotiate(header: string): Language {
  let best: { language: Language; quality: number } = { language: DEFAULT_LANGUAGE, quality: 0 };
  for (const part of header.split(',')) {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const language = languageOf(tag);
    const quality = qualityOf(parameters);
    if (language && quality > best.quality) best = { language, quality };
  }
  return best.language;
}

function languageOf(tag: string): Language | null {
  if (tag === '*') return DEFAULT_LANGUAGE;
  const primary = tag.split('-')[0];
  return primary === 'zh' || primary === 'en' ? primary : null;
}

function qualityOf(parameters: readonly string[]): number {
  const written = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = written === undefined ? 1 : Number(written.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
