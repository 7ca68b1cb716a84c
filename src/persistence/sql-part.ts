/** A piece of a statement with the values of its `?`, in order. */
export interface SqlPart {
  readonly text: string;
  readonly params: readonly unknown[];
}

/** Written as a template: a part inside is set in, everything else becomes a parameter. No text of a caller gets into a statement. */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): SqlPart {
  let text = strings[0] ?? '';
  const params: unknown[] = [];
  values.forEach((value, index) => {
    if (isPart(value)) {
      text += value.text;
      params.push(...value.params);
    } else {
      text += '?';
      params.push(value);
    }
    text += strings[index + 1] ?? '';
  });
  return { text, params };
}

/** Text of our own, such as the name of a column. */
export const raw = (text: string): SqlPart => ({ text, params: [] });

/** All of the conditions that there are. */
export function allOf(conditions: readonly (SqlPart | null)[]): SqlPart {
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? raw('true') : { text: given.map(({ text }) => `(${text})`).join(' and '), params: given.flatMap(({ params }) => params) };
}

const isPart = (value: unknown): value is SqlPart => typeof value === 'object' && value !== null && 'text' in value && 'params' in value;
