/** What a person reads, in both languages of the product. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A sentence by key: rendered at the edge, so that stored answers survive a better wording. */
export interface Message {
  readonly key: string;
  readonly params: Readonly<Record<string, MessageParam>>;
}
/** Texts in a parameter are rendered in the reader's language; lists are joined. */
export type MessageParam = string | number | Text | readonly (string | Text)[];

export const text = (zh: string, en: string): Text => ({ zh, en });
export const message = (key: string, params: Message['params'] = {}): Message => ({ key, params });
