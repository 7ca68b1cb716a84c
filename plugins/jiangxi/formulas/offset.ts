import { type Check, type Exact, formula, message } from '../../../src/plugin-kit.ts';

interface Recognised {
  readonly 'offset.recognisedCredits'?: Exact | null;
}

/**
 * How much of an allowed offset counts: what was recognised for it, as it stands. The offset is allowed whether or not the
 * amount is known yet. jx-2014-36/3.2-offset
 */
export const grantRecognised: Check = formula<Recognised>({
  name: 'jiangxi.grant-recognised',
  version: 1,
  facts: [],
  optional: ['offset.recognisedCredits'],
  run({ 'offset.recognisedCredits': recognised }) {
    if (!recognised) return { verdict: 'MET', notes: [message('jiangxi.amount-to-be-recognised')] };
    return { verdict: 'MET', yields: [{ name: 'granted', value: recognised.toString(), unit: 'credit' }] };
  },
});
