import { type Check, day, formula, isBefore, message } from '../../../src/plugin-kit.ts';

/**
 * Who is bound takes part; says what periodic registration, planned by the document, is taken to be on the day asked about.
 * jx-2014-36/1-all-staff
 */
export const takesPart: Check = formula<Record<never, never>>({
  name: 'jiangxi.takes-part',
  version: 1,
  facts: [],
  run(_known, { atDay, reading }) {
    const from = day(reading['registrationFrom'] as string);
    return { verdict: 'MET', notes: [message(isBefore(atDay, from) ? 'jiangxi.registration-to-come' : 'jiangxi.registration-in-force', { from })] };
  },
});
