import { parseDay } from '../../kernel/civil-day.ts';
import type { PageRows } from '../../persistence/keyset.ts';
import type { TeacherOrder, TeacherRow } from '../../persistence/repositories/teacher-lists.ts';
import { TEACHER_ORDERS } from '../../persistence/repositories/teacher-lists.ts';
import { connectionType } from '../relay/connection.ts';
import { cursorOf } from '../relay/cursor.ts';
import type { Scene } from '../scene.ts';
import { TeacherObject } from './teacher.type.ts';

export const TeacherConnection = connectionType<TeacherRow, TeacherObject>({ name: 'Teacher', items: 'teachers', order: 'by the main employment of the day, in the order asked for' }, () => TeacherObject);
export type TeacherConnection = InstanceType<typeof TeacherConnection>;

/** What can be the key of a cursor. */
export const isKeyOf = (order: TeacherOrder) => (key: string): boolean => TEACHER_ORDERS[order].type === 'text' || parseDay(key) !== null;

export const teacherConnection = (scene: Scene, order: TeacherOrder, page: PageRows<TeacherRow>, count: () => Promise<number> | number): TeacherConnection =>
  new TeacherConnection({ page, count, itemOf: (row) => new TeacherObject(row, scene), cursorOf: ({ key, id }) => cursorOf(order, { key, id }), at: scene.at, knownAt: scene.knownAt });
