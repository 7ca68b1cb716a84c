/** How names are sorted and found. */
export type NameKey = (name: string) => string;

/** Many names share few characters. */
const MOST_REMEMBERED = 30_000;

/**
 * Makes keys whose plain byte order is that of sounds, then of characters: for each Chinese character its sound without
 * tone, itself, and spaces after both; letters in lower case. Each character by itself, so that the beginning of a name
 * gives the beginning of its key. The table of sounds is loaded when it is first needed.
 */
export async function nameKeys(): Promise<NameKey> {
  const { pinyin } = await import('pinyin-pro');
  const known = new Map<string, string>();
  const keyOf = (character: string): string => {
    if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
    return `${pinyin(character, { toneType: 'none', v: true })} ${character} `;
  };
  return (name) => {
    let key = '';
    for (const character of name.normalize('NFC')) {
      let part = known.get(character);
      if (part === undefined) {
        if (known.size >= MOST_REMEMBERED) known.clear();
        known.set(character, (part = keyOf(character)));
      }
      key += part;
    }
    return key;
  };
}

let keys: Promise<NameKey> | undefined;

/** The key of one name, or of the beginning of one. */
export const nameKey = async (name: string): Promise<string> => (await (keys ??= nameKeys()))(name);
