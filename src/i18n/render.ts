import type { Message, MessageParam, Text } from '../kernel/text.ts';

export type Language = keyof Text;

/** Where sentences are looked up by key. */
export interface Catalog {
  readonly messages: ReadonlyMap<string, Text>;
  readonly units: ReadonlyMap<string, Text>;
}

/** A sentence in one language, after the name of the part that it is about where the whole speaks of several. A key that no catalogue has is shown as it is, with its parameters: never nothing. */
export function render(catalog: Catalog, message: Message, language: Language): string {
  const template = catalog.messages.get(message.key)?.[language];
  if (template === undefined) return `${message.key} ${JSON.stringify(message.params)}`;
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = message.params[name];
    return value === undefined ? '' : renderParam(catalog, name, value, language);
  });
  const sentence = filled.replace(/ {2,}/g, ' ').trim();
  const { part } = message.params;
  return part === undefined || template.includes('{part}') ? sentence : `${renderParam(catalog, 'part', part, language)}${language === 'zh' ? ':' : ': '}${sentence}`;
}

function renderParam(catalog: Catalog, name: string, value: MessageParam, language: Language): string {
  if (Array.isArray(value)) return value.map((item: string | Text) => renderParam(catalog, name, item, language)).join(language === 'zh' ? '、' : ', ');
  if (typeof value === 'object') return (value as Text)[language];
  return name === 'unit' ? (catalog.units.get(String(value))?.[language] ?? String(value)) : String(value);
}
