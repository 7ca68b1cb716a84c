import { describeMatrix } from './describe-matrix.ts';
import { ASKERS } from './world.ts';
import { ROLES } from '../../../src/access/roles.ts';

describeMatrix('roles elsewhere, above and together, and none', ASKERS.filter(({ name }) => !(ROLES as readonly string[]).includes(name)));
