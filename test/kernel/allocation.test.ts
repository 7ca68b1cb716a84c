import { describe, expect, it } from 'vitest';
import { allocate, allocateCompiled } from '../../src/kernel/allocation/allocate.ts';
import type { AllocationProblem, AllocationResult, Holding } from '../../src/kernel/allocation/problem.ts';
import { compileStructure } from '../../src/kernel/allocation/structure.ts';

const sees = (required: number, ...cells: number[]) => ({ required, sees: [{ cells }] });

function solved(problem: AllocationProblem): AllocationResult {
  const outcome = allocate(problem);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

// Cells: 0 municipal, 1 district, 2 school. Municipal may move to district.
const LEVELS = { cellCount: 3, additional: [0, 1, 2] };
const municipal = (amount: number): Holding => ({ home: 0, amount, reach: [1] });
const district = (amount: number): Holding => ({ home: 1, amount, reach: [] });
const school = (amount: number): Holding => ({ home: 2, amount, reach: [] });

/** Two units that could count for half a unit, were there halves: one linear programme does not settle it. */
const quarter: AllocationProblem = {
  cellCount: 3,
  additional: [0, 2, 1],
  rows: [{ required: 24, sees: [{ cells: [0, 1], share: { numerator: 1, denominator: 4 } }] }],
  holdings: [{ home: 2, amount: 2, reach: [1] }],
};

describe('allocate: what lies at home', () => {
  it('an empty transcript lacks the whole total', () => {
    const result = solved({ ...LEVELS, rows: [sees(3600, 0, 1, 2)], holdings: [] });
    expect(result).toEqual({
      gap: 3600,
      moved: 0,
      placed: [],
      counted: [0],
      shortfalls: [3600],
      additional: [{ cell: 0, amount: 3600 }],
    });
  });

  it('no rows ask for nothing', () => {
    const result = solved({ ...LEVELS, rows: [], holdings: [municipal(5)] });
    expect(result).toMatchObject({ gap: 0, moved: 0, placed: [{ holding: 0, cell: 0, amount: 5 }] });
  });

  it('nothing moves when home suffices, exactly at the figure', () => {
    const result = solved({ ...LEVELS, rows: [sees(8, 0, 1), sees(3, 1)], holdings: [municipal(5), district(3)] });
    expect(result).toMatchObject({ gap: 0, moved: 0, counted: [8, 3], shortfalls: [0, 0], additional: [] });
  });

  it('a holding of nothing is placed nowhere', () => {
    expect(solved({ ...LEVELS, rows: [sees(0, 0)], holdings: [municipal(0)] }).placed).toEqual([]);
  });
});

describe('allocate: moves', () => {
  it('only as many units move as are needed', () => {
    const rows = [sees(10, 0, 1), sees(3, 0), sees(7, 1)];
    const result = solved({ ...LEVELS, rows, holdings: [municipal(8), district(2)] });
    expect(result).toMatchObject({ gap: 0, moved: 5, counted: [10, 3, 7] });
    expect(result.placed).toEqual([
      { holding: 0, cell: 0, amount: 3 },
      { holding: 0, cell: 1, amount: 5 },
      { holding: 1, cell: 1, amount: 2 },
    ]);
  });

  it('nothing moves where it would only shift the shortfall', () => {
    const result = solved({ ...LEVELS, rows: [sees(5, 0), sees(5, 1)], holdings: [municipal(5)] });
    expect(result).toMatchObject({ gap: 5, moved: 0, shortfalls: [0, 5], additional: [{ cell: 1, amount: 5 }] });
  });

  it('a unit leaves a cell that an additional unit must fill anyway', () => {
    // Additional units can only be municipal and count for the total as well; so district is served by moving.
    const rows = [sees(10, 0, 1), sees(9, 0), sees(7, 1)];
    const result = solved({ cellCount: 2, additional: [0], rows, holdings: [municipal(8), district(2)] });
    expect(result).toMatchObject({ gap: 6, moved: 5, shortfalls: [0, 6, 0], additional: [{ cell: 0, amount: 6 }] });
  });

  it('a greedy pass in row order gets this wrong', () => {
    // Row 0 could take the flexible units of holding 0, but then row 1 finds none; holding 1 can serve row 0 alone.
    const problem = {
      cellCount: 4,
      additional: [],
      rows: [sees(4, 2), sees(4, 3)],
      holdings: [
        { home: 0, amount: 4, reach: [2, 3] },
        { home: 1, amount: 4, reach: [2] },
      ],
    };
    expect(solved(problem)).toMatchObject({ gap: 0, moved: 8, counted: [4, 4] });
  });

  it('a chain of displacements is found', () => {
    // Row 2 is served from cell 1, which row 1 needs; cell 0 steps in for it.
    const problem = {
      cellCount: 3,
      additional: [0, 1, 2],
      rows: [sees(3, 1), sees(3, 2)],
      holdings: [
        { home: 0, amount: 3, reach: [1] },
        { home: 1, amount: 3, reach: [2] },
      ],
    };
    expect(solved(problem)).toMatchObject({ gap: 0, moved: 6, counted: [3, 3] });
  });
});

describe('allocate: moves where halves would do', () => {
  it('a gap rounded up at home is no proof that home is best', () => {
    // At home three rows that share three cells lack 10, 9 and 6: 12.5 in halves, 13 in whole units; one move makes it 12.
    const problem = {
      cellCount: 4,
      additional: [0, 1, 2, 3],
      rows: [sees(10, 0, 1), sees(10, 0, 2, 3), sees(6, 1, 2)],
      holdings: [{ home: 3, amount: 1, reach: [2] }],
    };
    expect(solved(problem)).toMatchObject({ gap: 12, moved: 1, shortfalls: [10, 9, 5] });
    expect(solved({ ...problem, holdings: [{ home: 3, amount: 1, reach: [] }] }).gap).toBe(13);
  });
});

describe('allocate: equal choices', () => {
  const flexible = (amount: number): Holding => ({ home: 0, amount, reach: [1, 2] });
  const rows = [sees(4, 1), sees(4, 2)];

  it('shortfalls are smallest in the order of the rows', () => {
    const result = solved({ ...LEVELS, rows, holdings: [flexible(5)] });
    expect(result).toMatchObject({ gap: 3, moved: 5, shortfalls: [0, 3] });
    expect(solved({ ...LEVELS, rows: [...rows].reverse(), holdings: [flexible(5)] }).shortfalls).toEqual([0, 3]);
  });

  it('of cells that serve alike the first of reach is taken', () => {
    const result = solved({ cellCount: 3, additional: [], rows: [sees(3, 1, 2)], holdings: [{ home: 0, amount: 5, reach: [2, 1] }] });
    expect(result.placed).toEqual([
      { holding: 0, cell: 0, amount: 2 },
      { holding: 0, cell: 2, amount: 3 },
    ]);
  });

  it('the units of the lower home cell stay, whatever the order of the holdings', () => {
    const problem = { cellCount: 3, additional: [], rows: [sees(3, 2)] };
    const low = { home: 0, amount: 4, reach: [2] };
    const high = { home: 1, amount: 4, reach: [2] };
    const moves = (result: AllocationResult) => result.placed.filter(({ cell }) => cell === 2);
    expect(moves(solved({ ...problem, holdings: [low, high] }))).toEqual([{ holding: 1, cell: 2, amount: 3 }]);
    expect(moves(solved({ ...problem, holdings: [high, low] }))).toEqual([{ holding: 0, cell: 2, amount: 3 }]);
  });

  it('of equal holdings those given first stay home', () => {
    const result = solved({ cellCount: 3, additional: [], rows: [sees(3, 1)], holdings: [flexible(2), flexible(2), flexible(2)] });
    expect(result.placed).toEqual([
      { holding: 0, cell: 0, amount: 2 },
      { holding: 1, cell: 0, amount: 1 },
      { holding: 1, cell: 1, amount: 1 },
      { holding: 2, cell: 1, amount: 2 },
    ]);
  });
});

describe('allocate: additional units', () => {
  it('one unit closes several rows', () => {
    const rows = [sees(10, 0, 1, 2), sees(4, 1)];
    const result = solved({ ...LEVELS, rows, holdings: [school(5)] });
    expect(result).toMatchObject({ gap: 5, shortfalls: [5, 4] });
    expect(result.additional).toEqual([
      { cell: 0, amount: 1 },
      { cell: 1, amount: 4 },
    ]);
  });

  it('as many as possible lie in the cell declared first', () => {
    const result = solved({ ...LEVELS, additional: [2, 1, 0], rows: [sees(10, 0, 1, 2), sees(4, 1)], holdings: [school(5)] });
    expect(result.additional).toEqual([
      { cell: 2, amount: 1 },
      { cell: 1, amount: 4 },
    ]);
  });

  it('is whole where the linear programme is not', () => {
    // Three rows that see two of three cells each: halves would do with 4.5.
    const rows = [sees(3, 0, 1), sees(3, 1, 2), sees(3, 0, 2)];
    const result = solved({ ...LEVELS, rows, holdings: [] });
    expect(result).toMatchObject({ gap: 5, shortfalls: [3, 3, 3] });
    expect(result.additional).toEqual([
      { cell: 0, amount: 2 },
      { cell: 1, amount: 2 },
      { cell: 2, amount: 1 },
    ]);
  });

  it('says whether branches were needed', () => {
    expect(allocate(quarter)).toMatchObject({ searched: true, result: { gap: 94, moved: 2, counted: [0], shortfalls: [24] } });
    expect(allocate({ ...LEVELS, rows: [sees(3, 0)], holdings: [] })).toMatchObject({ searched: false });
  });
});

describe('allocate: shares', () => {
  const half = { numerator: 1, denominator: 2 };
  // Row 0 counts cell 0 in full and half of cell 1; row 1 is the training of cell 1 itself.
  const rows = (first: number, second: number) => [
    { required: first, sees: [{ cells: [0] }, { cells: [1], share: half }] },
    { required: second, sees: [{ cells: [1] }] },
  ];
  const problem = { cellCount: 2, additional: [0, 1] };

  it('half of an odd number is rounded down', () => {
    const result = solved({ ...problem, rows: rows(3, 7), holdings: [district(7)] });
    expect(result).toMatchObject({ gap: 0, counted: [3, 7] });
    expect(solved({ ...problem, rows: rows(4, 7), holdings: [district(7)] })).toMatchObject({ gap: 1, shortfalls: [1, 0] });
  });

  it('a lone additional unit in a capped cell can count for nothing', () => {
    const onlyCapped = { ...problem, additional: [1] };
    expect(solved({ ...onlyCapped, rows: rows(4, 0), holdings: [district(6)] })).toMatchObject({ gap: 2, shortfalls: [1, 0] });
    expect(solved({ ...onlyCapped, rows: rows(4, 0), holdings: [district(7)] })).toMatchObject({ gap: 1, shortfalls: [1, 0] });
  });

  it('a unit moves where it counts in full, but not from where it is needed', () => {
    const holdings = [{ home: 1, amount: 8, reach: [0] }];
    expect(solved({ ...problem, rows: rows(5, 6), holdings })).toMatchObject({ gap: 0, moved: 2, counted: [5, 6] });
    expect(solved({ ...problem, rows: rows(6, 8), holdings })).toMatchObject({ gap: 2, moved: 0, counted: [4, 8] });
  });

  it('a share of 1 counts in full, a share of 0 not at all', () => {
    const of = (numerator: number) => ({
      ...problem,
      rows: [{ required: 5, sees: [{ cells: [1], share: { numerator, denominator: 1 } }] }],
      holdings: [district(5)],
    });
    expect(solved(of(1))).toMatchObject({ gap: 0, counted: [5] });
    expect(allocate(of(0))).toMatchObject({ ok: false, reason: 'UNCLOSABLE', rows: [0] });
  });
});

describe('allocate: what cannot be had', () => {
  it('names the rows that nothing can close, with the best that can be had', () => {
    const outcome = allocate({ ...LEVELS, additional: [1], rows: [sees(4, 2), sees(6, 1)], holdings: [school(3), district(1)] });
    expect(outcome).toMatchObject({
      ok: false,
      reason: 'UNCLOSABLE',
      rows: [0],
      result: { gap: 5, moved: 0, shortfalls: [1, 5], additional: [{ cell: 1, amount: 5 }] },
    });
  });

  it('moves units to a row that nothing else can close before it looks at the gap', () => {
    const outcome = allocate({ ...LEVELS, additional: [0], rows: [sees(5, 0), sees(5, 1)], holdings: [municipal(4)] });
    expect(outcome).toMatchObject({ ok: false, rows: [1], result: { gap: 5, moved: 4, shortfalls: [5, 1] } });
    const enough = allocate({ ...LEVELS, additional: [0], rows: [sees(5, 0), sees(5, 1)], holdings: [municipal(5)] });
    expect(enough).toMatchObject({ ok: true, result: { gap: 5, moved: 5, shortfalls: [5, 0] } });
  });

  it('refuses what is over a declared bound, with both figures', () => {
    const problem = { ...LEVELS, rows: [sees(3, 0, 1), sees(3, 1, 2), sees(3, 0, 2)], holdings: [] };
    const bound = { nodes: 1, work: 1e6, entries: 1e4 };
    expect(allocate(problem, { ...bound, entries: 5 })).toMatchObject({
      ok: false,
      reason: 'TOO_LARGE',
      measure: 'entries',
      allowed: 5,
    });
    expect(allocate(problem, { ...bound, work: 1 })).toMatchObject({ ok: false, reason: 'TOO_LARGE', measure: 'work', allowed: 1 });
    expect(allocate(quarter, bound)).toMatchObject({ ok: false, reason: 'TOO_LARGE', measure: 'nodes', found: 2, allowed: 1 });
  });

  it('refuses figures that products could carry out of the exact range', () => {
    const huge = 2 ** 32 + 1;
    const refusal = { ok: false, reason: 'TOO_LARGE', measure: 'units', found: huge, allowed: 2 ** 32 };
    expect(allocate({ ...LEVELS, rows: [sees(1, 0)], holdings: [municipal(huge)] })).toEqual(refusal);
    expect(allocate({ ...LEVELS, rows: [sees(huge, 0)], holdings: [] })).toEqual(refusal);
    expect(solved({ ...LEVELS, rows: [sees(2 ** 32, 0, 1)], holdings: [municipal(2 ** 31)] }).gap).toBe(2 ** 31);
  });

  it('throws on what is no problem at all', () => {
    const rows = [sees(1, 0)];
    expect(() => allocate({ ...LEVELS, rows: [sees(1, 3)], holdings: [] })).toThrow(RangeError);
    expect(() => allocate({ ...LEVELS, rows: [sees(-1, 0)], holdings: [] })).toThrow(RangeError);
    expect(() => allocate({ ...LEVELS, rows, holdings: [municipal(0.5)] })).toThrow(RangeError);
    expect(() => allocate({ ...LEVELS, rows, holdings: [{ home: 7, amount: 1, reach: [] }] })).toThrow(RangeError);
    expect(() => allocate({ ...LEVELS, rows, holdings: [{ home: 2, amount: 1, reach: [7] }] })).toThrow(RangeError);
    const twice = [{ required: 1, sees: [{ cells: [0] }, { cells: [0], share: { numerator: 1, denominator: 2 } }] }];
    expect(() => allocate({ ...LEVELS, rows: twice, holdings: [] })).toThrow(RangeError);
  });
});

describe('allocateCompiled', () => {
  it('takes one structure for many transcripts and figures', () => {
    const structure = compileStructure({ ...LEVELS, rows: [sees(0, 0, 1, 2), sees(0, 1)] });
    expect(allocateCompiled(structure, [5, 2], [municipal(6)])).toMatchObject({ ok: true, result: { gap: 0, moved: 2 } });
    expect(allocateCompiled(structure, [9, 2], [school(6)])).toMatchObject({ ok: true, result: { gap: 3, moved: 0 } });
    expect(allocateCompiled(structure, [5, 2], [municipal(6)])).toMatchObject({ ok: true, result: { gap: 0, moved: 2 } });
    expect(() => allocateCompiled(structure, [5], [])).toThrow(RangeError);
  });

  it('changes nothing that it is given and hands out nothing that a later call changes', () => {
    const structure = compileStructure({ ...LEVELS, rows: [sees(0, 0, 1, 2), sees(0, 1)] });
    const holdings = Object.freeze([Object.freeze({ home: 0, amount: 6, reach: Object.freeze([1]) })]);
    const first = allocateCompiled(structure, Object.freeze([9, 4]), holdings);
    const copy = structuredClone(first);
    allocateCompiled(structure, [40, 30], [municipal(3), district(4)]);
    expect(first).toEqual(copy);
  });
});
