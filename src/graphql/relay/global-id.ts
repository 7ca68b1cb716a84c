/** The types that have a global id; not all of them can be asked for by it. */
export const NODE_TYPES = ['Teacher', 'Institution', 'CreditEntry', 'StoredAssessment', 'Account', 'RoleGrant', 'Delegation', 'Invitation', 'IdentityNumber', 'PrivateValue', 'Employment', 'HeldRole', 'PersonProperty', 'Correction'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export interface GlobalId {
  readonly type: NodeType;
  /** The row's own id, in digits. */
  readonly id: string;
}

const ROW_ID = /^[1-9]\d{0,17}$/;
const LONGEST = 64;

/** The id of an object of the API: opaque for callers, the same for ever. */
export const globalId = (type: NodeType, id: string): string => Buffer.from(`${type}:${id}`).toString('base64url');

/** Whether an id is written in a form that an object of ours could have, of whatever type; null: it is not. */
export function readGlobalId(given: string): { readonly type: string; readonly id: string } | null {
  if (given.length > LONGEST) return null;
  const read = /^([A-Z][A-Za-z]*):(.*)$/.exec(Buffer.from(given, 'base64url').toString('latin1'));
  const [, type = '', id = ''] = read ?? [];
  // Base64 has several spellings of one text; only ours is an id.
  return read && ROW_ID.test(id) && Buffer.from(`${type}:${id}`).toString('base64url') === given ? { type, id } : null;
}

/** The row of an id of this type; null: malformed, or the id of something else. */
export function rowId(type: NodeType, given: string): string | null {
  const read = readGlobalId(given);
  return read?.type === type ? read.id : null;
}
