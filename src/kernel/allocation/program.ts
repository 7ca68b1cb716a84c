/** Minimise a linear form over the columns. */
export const MINIMISE = 0;
/** Minimise how far a linear form lies below 0; above 0 it is free. */
export const MINIMISE_DEFICIT = 1;

/**
 * A linear programme in whole numbers, columns at least 0: first the cost rows, then the constraint rows, each a linear
 * form (entry 0 its constant) that is at least 0. Costs come first in the lexicographic objective and are never negative;
 * after them come the stages, in the order in which they are added. Memory is kept from one problem to the next.
 */
export class Program {
  columns = 0;
  costs = 0;
  /** Cost rows and constraint rows together. */
  rows = 0;
  stride = 1;
  data = new Float64Array(1024);
  stages = 0;
  terms = 0;
  stageKind = new Uint8Array(64);
  /** `stageStart[s]` to `stageStart[s + 1]` are the terms of stage s. */
  stageStart = new Int32Array(65);
  stageConstant = new Float64Array(64);
  termColumn = new Int32Array(256);
  termFactor = new Float64Array(256);

  /** Clears the programme and makes room for so many columns and rows (cost rows included). */
  reset(costs: number, maxColumns: number, maxRows: number): void {
    this.costs = costs;
    this.rows = costs;
    this.columns = 0;
    this.stages = 0;
    this.terms = 0;
    this.stageStart[0] = 0;
    this.stride = maxColumns + 1;
    const size = this.stride * maxRows;
    if (this.data.length < size) this.data = new Float64Array(2 * size);
    else this.data.fill(0, 0, size);
  }

  addColumn(): number {
    this.columns += 1;
    return this.columns;
  }

  addRow(constant: number): number {
    const row = this.rows;
    this.rows += 1;
    this.data[row * this.stride] = constant;
    return row;
  }

  set(row: number, column: number, factor: number): void {
    this.data[row * this.stride + column] = factor;
  }

  get(row: number, column: number): number {
    return this.data[row * this.stride + column]!;
  }

  addStage(kind: number, constant: number): void {
    const stage = this.stages;
    if (stage + 1 >= this.stageKind.length) this.growStages();
    this.stageKind[stage] = kind;
    this.stageConstant[stage] = constant;
    this.stages = stage + 1;
    this.stageStart[this.stages] = this.terms;
  }

  /** Adds a term to the stage added last. */
  addTerm(column: number, factor: number): void {
    const term = this.terms;
    if (term >= this.termColumn.length) this.growTerms();
    this.termColumn[term] = column;
    this.termFactor[term] = factor;
    this.terms = term + 1;
    this.stageStart[this.stages] = this.terms;
  }

  private growStages(): void {
    const size = 2 * this.stageKind.length;
    const kind = new Uint8Array(size);
    kind.set(this.stageKind);
    this.stageKind = kind;
    const start = new Int32Array(size + 1);
    start.set(this.stageStart);
    this.stageStart = start;
    const constant = new Float64Array(size);
    constant.set(this.stageConstant);
    this.stageConstant = constant;
  }

  private growTerms(): void {
    const size = 2 * this.termColumn.length;
    const column = new Int32Array(size);
    column.set(this.termColumn);
    this.termColumn = column;
    const factor = new Float64Array(size);
    factor.set(this.termFactor);
    this.termFactor = factor;
  }
}
