import { DELEGATED_ACTIONS } from '../../../src/access/principal.ts';
import { globalId } from '../../../src/graphql/relay/global-id.ts';
import { entrances, mayAsk } from './oracle.ts';
import { ANYTHING, cut } from './expected.ts';
import type { Found, Walls } from './expected.ts';
import { aliasOf, textOf } from './selections.ts';
import type { Place, Writing } from './selections.ts';
import type { Step } from './paths.ts';
import { codeOfSchool } from './world.ts';
import type { Asker, Hold, World } from './world.ts';

interface Seen {
  readonly correctionsOf?: Asker['person'];
  readonly asker: Asker;
  readonly world: World;
  readonly walls: Walls;
  readonly writing: Writing;
  /** What whoever sees everybody is answered. */
  ask(query: string): Promise<Readonly<Record<string, Found>>>;
}

const ALL: Writing = { admits: () => true, identifies: true };

/** `viewer` is the one field that answers each asker something of their own: worked out from what the world says of them. */
export async function expectedViewer(place: Place, seen: Seen): Promise<Found> {
  const { asker, world } = seen;
  const account = world.accounts.get(asker.name);
  const values: Readonly<Record<string, Found>> = {
    account: account?.id ?? null,
    isClient: asker.isClient,
    isSignedIn: asker.subject !== null,
    // Of the table of fields, in its order.
    may: entrances().filter((name) => mayAsk(asker, name)),
    name: asker.hasAccount ? asker.name : null,
  };
  const [grants, delegations] = [account?.grants ?? [], account?.delegations ?? []];
  return shape(place, seen, {
    ...values,
    teacher: (inner) => (asker.person === null ? Promise.resolve(null) : lookUp(`teacher(id: "${globalId('Teacher', world.people[asker.person])}")`, inner, seen)),
    roles: (inner) => Promise.all(asker.holds.map((hold, at) => roleOf(hold, hold.role === 'TEACHER' ? null : (grants[at - asker.holds.slice(0, at).filter(({ role }) => role === 'TEACHER').length] ?? null), inner, seen)).sort()).then((roles) => roles.toSorted((a, b) => Number(isOwn(a)) - Number(isOwn(b)))),
    seenBy: (inner) => (asker.person === null ? Promise.resolve(null) : lookUp(`accessTrail(teacher: "${globalId('Teacher', world.people[asker.person])}")`, inner, seen)),
    corrections: (inner) => lookUp('corrections(orderBy: DUE_ON_DESC)', inner, { ...seen, correctionsOf: asker.person }),
    budget: async (inner) => (inner ? shape(inner, seen, { limit: ANYTHING, remaining: ANYTHING, resetsAt: ANYTHING }) : { __typename: 'Budget' }),
    delegations: (inner) => Promise.all(delegations.map((id) => delegationOf(id, inner, seen))),
  });
}

/** What follows from being a person of the register comes last. */
const isOwn = (role: Found): boolean => typeof role === 'object' && role !== null && 'id' in role && role['id'] === null;

type Values = Readonly<Record<string, Found | ((inner: Place | null) => Promise<Found>)>>;

async function shape(place: Place | null, { writing }: Seen, values: Values): Promise<Found> {
  if (!place) return { __typename: '' };
  const asked = new Map<string, readonly [Step, Place | null]>([...place.fields.values()].filter((step) => writing.admits(step)).map((step) => [aliasOf(step), [step, null]]));
  for (const { step, place: inner } of place.below.values()) if (writing.admits(step)) asked.set(aliasOf(step), [step, inner]);
  const entries = await Promise.all([...asked].map(async ([alias, [step, inner]]) => {
    const known = values[step.name];
    if (known === undefined) throw new Error(`${step.coordinate}: say in test/access/matrix/viewer.ts what each asker is answered`);
    return [alias, typeof known === 'function' ? await known(inner) : known] as const;
  }));
  return Object.fromEntries(entries);
}

const named = async (type: string, inner: Place | null, made: Promise<Found>): Promise<Found> => (inner ? made : { __typename: type });

const roleOf = (hold: Hold, id: string | null, inner: Place | null, seen: Seen): Promise<Found> =>
  named('RoleGrant', inner, shape(inner, seen, {
    id,
    role: hold.role,
    jurisdiction: (below) => (hold.over === 'self' ? Promise.resolve(null) : lookUp(`rulebook(jurisdiction: "${hold.over === 'school' ? codeOfSchool(hold.school) : hold.code}")`, below, seen, 'jurisdiction')),
    institution: (below) => (hold.over === 'school' ? lookUp(`institution(id: "${globalId('Institution', seen.world.schools[hold.school])}")`, below, seen) : Promise.resolve(null)),
  }));

const delegationOf = (id: string, inner: Place | null, seen: Seen): Promise<Found> =>
  named('Delegation', inner, shape(inner, seen, { id, actions: DELEGATED_ACTIONS.filter((action) => action === 'VIEW'), teacher: (below) => lookUp(`teacher(id: "${globalId('Teacher', seen.world.people[seen.asker.actsFor ?? 'own'])}")`, below, seen) }));

/** The same object, asked for by whoever sees everybody, as the asker has to see it. */
async function lookUp(field: string, place: Place | null, seen: Seen, inside?: string): Promise<Found> {
  const text = place ? textOf(place, ALL) : '__typename';
  const found = (await seen.ask(`{ found: ${field} { ${inside ? `${inside} { ${text} }` : text} } }`))['found'] ?? null;
  const object = (inside ? (found as Record<string, Found>)[inside] : found) as Readonly<Record<string, Found>>;
  return place ? cut(place, object, seen) : object;
}
