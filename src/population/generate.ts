import type { PopulationSpec } from '../plugin-host/population.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { columnsOf } from './columns.ts';
import type { FileName } from './columns.ts';
import { peopleOf } from './people.ts';
import type { Person } from './people.ts';
import { planPopulation } from './plan.ts';
import type { PlaceSpec, PopulationOptions, PopulationPlan } from './plan.ts';
import { Rows } from './rows.ts';

/** The specifications of all plugins that have one, in the order of codes. */
export async function loadSpecs(registry: Registry): Promise<PlaceSpec[]> {
  const found = registry.plugins.filter(({ population }) => population !== undefined);
  const specs = await Promise.all(found.map(async ({ jurisdiction, population }) => ({ code: jurisdiction.code, spec: (await population?.())?.population as PopulationSpec })));
  return specs.sort((a, b) => (a.code < b.code ? -1 : 1));
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
