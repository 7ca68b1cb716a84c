import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** The longer runs, each by its folder: they are no part of `npm test`. They say what they did. */
export default defineConfig({ ...usual, test: { ...usual.test, include: ['test/faults/*.run.ts', 'test/fuzz/*.run.ts'], fileParallelism: false, disableConsoleIntercept: true } });
