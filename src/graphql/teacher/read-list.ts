import { nearestNames } from '../../kernel/nearest.ts';
import type { TeacherFilter } from '../../persistence/repositories/teacher-lists.ts';
import { nameKey } from '../../persistence/name-key.ts';
import type { Problem } from '../../workflows/problem.ts';
import { problem } from '../../workflows/problem.ts';
import { readGlobalId } from '../relay/global-id.ts';
import type { NodeType } from '../relay/global-id.ts';
import type { View } from '../view.ts';
import { knownRoles } from './role.type.ts';
import type { TeacherFilterInput } from './teacher.input.ts';

const MOST_TEXT = 100;
const CONTROL = /\p{Cc}/u;

/** A filter as the store takes it; what is wrong with it is added to the problems. */
export async function readTeacherFilter(view: View, filter: TeacherFilterInput | null | undefined, problems: Problem[]): Promise<TeacherFilter> {
  return {
    jurisdiction: readPlace(view, filter?.jurisdiction, problems),
    institutionId: readId('Institution', 'filter.institution', filter?.institution, problems),
    role: readRole(view, filter?.role, problems),
    stage: readText('filter.stage', filter?.stage, problems),
    subject: readText('filter.subject', filter?.subject, problems),
    nameKey: await readName(filter?.name, problems),
  };
}

export function readPlace({ registry }: View, code: string | null | undefined, problems: Problem[]): string | null {
  if (code == null) return null;
  if (registry.jurisdictions.has(code)) return code;
  problems.push(problem('UNKNOWN_JURISDICTION', 'filter.jurisdiction', code, 'input.unknown-jurisdiction', registry.nearestPlaces(code), { code }));
  return null;
}

/** The row of an id of this type. */
export function readId(type: NodeType, path: string, given: string | null | undefined, problems: Problem[]): string | null {
  if (given == null) return null;
  const read = readGlobalId(given);
  if (read?.type === type) return read.id;
  problems.push(problem('INVALID_ID', path, given, read ? 'input.other-id' : 'input.malformed-id', [], { id: given, type }));
  return null;
}

function readRole({ registry }: View, role: string | null | undefined, problems: Problem[]): string | null {
  if (role == null) return null;
  const roles = knownRoles(registry);
  if (!roles.has(role)) problems.push(problem('UNKNOWN_VALUE', 'filter.role', role, 'input.unknown-role', nearestNames(role, roles), { role }));
  return role;
}

/** Text that is compared with what is stored: a database takes no NUL, and names hold no control characters. */
export function readText(path: string, given: string | null | undefined, problems: Problem[]): string | null {
  if (given == null) return null;
  if (given.length > 0 && given.length <= MOST_TEXT && !CONTROL.test(given) && given.isWellFormed()) return given;
  problems.push(problem('OUT_OF_RANGE', path, given, 'input.plain-text', [], { max: MOST_TEXT }));
  return null;
}

/** The table of sounds behind the keys is loaded when a name is first asked for. */
export async function readName(given: string | null | undefined, problems: Problem[]): Promise<string | null> {
  const name = readText('filter.name', given, problems);
  return name === null ? null : nameKey(name);
}
