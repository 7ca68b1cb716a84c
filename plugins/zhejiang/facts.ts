import type { FactSpec } from '../../src/plugin-kit.ts';
import { creditFacts } from './facts/credits.ts';
import { deliveryFacts } from './facts/delivery.ts';
import { projectFacts } from './facts/projects.ts';
import { selectionFacts } from './facts/selection.ts';

export const facts: readonly FactSpec[] = [...creditFacts, ...projectFacts, ...deliveryFacts, ...selectionFacts];
