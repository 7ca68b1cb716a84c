import type { RoleRow } from '../../persistence/repositories/teachers.ts';
import { recordsOf } from '../../plugin-host/place-records.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import { Field } from '../field.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { globalId } from '../relay/global-id.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { ID, ObjectType } from '../type-graphql.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

@ObjectType('HeldRole', { description: 'A role that a teacher holds or held, such as head teacher (岗位).', simpleResolvers: true })
export class HeldRole {
  readonly #row: RoleRow;
  readonly #view: View;
  constructor(row: RoleRow, view: View) {
    this.#row = row;
    this.#view = view;
  }

  @Field(() => ID, { description: 'The global id of this record of it, by which a correction names it.' })
  get id(): string {
    return globalId('HeldRole', this.#row.id);
  }
  @Field(() => ID, { description: 'The name of the role, such as `headTeacher`: stable, for programs.' })
  get role(): string {
    return this.#row.role;
  }
  @Field(() => String, { description: 'The role in words; its name where the place does not know it.' })
  get label(): string {
    return roleLabel(this.#view, this.#row) ?? this.#row.role;
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The province in which it is held; null for a code that no plugin knows.' })
  get jurisdiction(): JurisdictionObject | null {
    return knownJurisdiction(this.#view, this.#row.provinceCode);
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The first day in the role; null: since ever.' })
  get from(): string | null {
    return this.#row.from;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last day in the role, included; null: it goes on.' })
  get to(): string | null {
    return this.#row.to;
  }
}

/** A role in the words of the province; null where it does not know it. */
export function roleLabel(view: View, { role, provinceCode }: Pick<RoleRow, 'role' | 'provinceCode'>): string | null {
  const place = view.registry.place(provinceCode);
  const fact = place && recordsOf(place).roles?.fact;
  const type = fact == null ? undefined : place?.facts.get(fact)?.type;
  const field = type?.kind === 'list' && type.of.kind === 'record' ? type.of.fields['role']?.type : undefined;
  const meaning = field?.kind === 'choice' ? field.options[role] : undefined;
  return meaning ? label(view, meaning) : null;
}

const known = new WeakMap<Registry, ReadonlySet<string>>();

/** The roles that some place knows. */
export function knownRoles(registry: Registry): ReadonlySet<string> {
  let roles = known.get(registry);
  if (!roles) {
    const places = registry.plugins.flatMap(({ jurisdiction }) => registry.place(jurisdiction.code) ?? []);
    known.set(registry, (roles = new Set(places.flatMap((place) => [...(recordsOf(place).roles?.known ?? [])]))));
  }
  return roles;
}
