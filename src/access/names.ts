/** A name as it is shown to whoever counts people and does not know them: the first character, and that there are more. */
export function inPart(name: string): string {
  const [first = ''] = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name)].map(({ segment }) => segment);
  return `${first}**`;
}
