import type { Text } from '../kernel/text.ts';
import { findingMessages } from './finding-messages.ts';
import type { Catalog } from './render.ts';

/** The sentences of the kernel with those of all plugins, and the labels of their units. */
export function catalogOf({ messages, units }: { readonly messages: ReadonlyMap<string, Text>; readonly units: ReadonlyMap<string, Text> }): Catalog {
  return { messages: new Map([...Object.entries(findingMessages), ...messages]), units };
}
