import type { PageRows } from '../../persistence/keyset.ts';
import type { TeacherOrder, TeacherRow } from '../../persistence/repositories/teacher-lists.ts';
import { connectionType } from '../relay/connection.ts';
import type { Scene } from '../scene.ts';
import { teacherCursor } from './teacher-cursors.ts';
import { TeacherObject } from './teacher.type.ts';

export const TeacherConnection = connectionType<TeacherRow, TeacherObject>({ name: 'Teacher', items: 'teachers', order: 'by the main employment of the day, in the order asked for' }, () => TeacherObject);
export type TeacherConnection = InstanceType<typeof TeacherConnection>;

export const teacherConnection = (scene: Scene, order: TeacherOrder, page: PageRows<TeacherRow>, count: () => Promise<number> | number): TeacherConnection =>
  new TeacherConnection({ page, count, itemOf: (row) => new TeacherObject(row, scene), cursorOf: teacherCursor(order, scene.access), at: scene.at, knownAt: scene.knownAt });
