import { checkPopulation } from '../plugin-host/check/population.ts';
import { formatFaults } from '../plugin-host/faults.ts';
import type { Fault } from '../plugin-host/faults.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { columnsOf } from './columns.ts';
import type { FileName } from './columns.ts';
import { peopleOf } from './people.ts';
import type { Person } from './people.ts';
import { planPopulation } from './plan.ts';
import type { PlaceSpec, PopulationOptions, PopulationPlan } from './plan.ts';
import { Rows } from './rows.ts';

/** The specifications of all plugins that have one, in the order of codes. Throws an InvalidPopulation with all that is wrong with them. */
export async function loadSpecs(registry: Registry): Promise<PlaceSpec[]> {
  const known = { rules: registry.ruleIds, decisions: registry.decisionNames };
  const found = registry.plugins.filter(({ population }) => population !== undefined);
  const loaded = await Promise.all(found.map(async (plugin) => ({ plugin, module: await plugin.population?.() })));
  const faults = loaded.flatMap(({ plugin, module }) => checkPopulation(plugin, module, known));
  if (faults.length > 0) throw new InvalidPopulation(faults);
  return loaded.flatMap(({ plugin, module }) => (module ? [{ code: plugin.jurisdiction.code, spec: module.population }] : [])).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Descriptions of people that do not keep to the contract. */
export class InvalidPopulation extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(formatFaults(faults, 'en'));
    this.faults = faults;
  }
}

/** An invented population: what was settled for it, its people, and the rows of its files. */
export class Population {
  readonly plan: PopulationPlan;
  readonly rows: Rows;

  constructor(registry: Registry, specs: readonly PlaceSpec[], options: PopulationOptions) {
    this.plan = planPopulation(registry, specs, options);
    this.rows = new Rows(registry, columnsOf(registry, specs.map(({ code }) => code)));
  }

  /** Drawn anew each time, and each time the same. */
  people(): Iterable<Person> {
    return peopleOf(this.plan);
  }

  /** A file as text, header and all, in pieces. */
  *file(name: FileName): Generator<string> {
    yield this.rows.header[name];
    if (name === 'institutions') yield* this.rows.institutions(this.plan);
    else if (name === 'courses') yield* this.rows.courses(this.plan);
    else for (const person of this.people()) yield name === 'teachers' ? this.rows.teacher(person) : this.rows.credits(person);
  }
}
