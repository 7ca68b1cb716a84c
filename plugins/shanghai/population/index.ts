import type { PopulationSpec } from '../../../src/plugin-kit.ts';
import { courses, institutions } from './institutions.ts';
import { decide, describe } from './person.ts';
import { thresholds } from './thresholds.ts';

/** Invented teachers of Shanghai: credits of both cycles, roles and offsets of the first. */
export const population: PopulationSpec = { share: 40, institutions, courses, thresholds, describe, decide };
