import { describeMatrix } from './describe-matrix.ts';
import { ASKERS } from './world.ts';
import { ROLES } from '../../../src/access/roles.ts';

describeMatrix('each role', ASKERS.filter(({ name }) => (ROLES as readonly string[]).includes(name)));
