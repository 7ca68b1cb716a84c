import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** The whole matrix of who may see what: every field by every way, and each row of the tables flipped. */
export default mergeConfig(usual, defineConfig({ test: { env: { ACCESS_MATRIX: 'whole' }, testTimeout: 600_000, maxWorkers: 2 } }));
