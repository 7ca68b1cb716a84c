/** All that a plugin may import. */
export * from './kernel/check.ts';
export * from './kernel/civil-day.ts';
export * from './kernel/decision.ts';
export * from './kernel/document.ts';
export * from './kernel/exact.ts';
export * from './kernel/facts.ts';
export * from './kernel/finding.ts';
export type { JurisdictionSpec } from './kernel/jurisdiction.ts';
export * from './kernel/ledger.ts';
export * from './kernel/rule.ts';
export * from './kernel/text.ts';
export * from './plugin-host/contract.ts';
export { figureOf } from './plugin-host/figure-of.ts';
