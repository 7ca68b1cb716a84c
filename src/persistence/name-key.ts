/**
 * By what names are ordered and found: forms that look alike made one, Latin letters small, spaces single. The key of the
 * beginning of a name is the beginning of its key, so that a range of keys finds all names that begin like it.
 */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
