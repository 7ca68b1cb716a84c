import type { Catalog, Language } from '../i18n/render.ts';
import { render } from '../i18n/render.ts';
import type { Message, Text } from '../kernel/text.ts';
import type { Registry } from '../plugin-host/registry.ts';

/** What the types of the API need to show a kernel object: the reader's language and where names and sentences are looked up. */
export interface View {
  readonly registry: Registry;
  readonly catalog: Catalog;
  readonly language: Language;
}

export const say = (view: View, message: Message): string => render(view.catalog, message, view.language);
export const label = (view: View, text: Text): string => text[view.language];
export const unitLabel = (view: View, unit: string): string => view.catalog.units.get(unit)?.[view.language] ?? unit;
