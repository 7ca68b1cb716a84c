import { Arg, Ctx, ID, Int, Query, Resolver } from '../type-graphql.ts';
import { dayOf, includes } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { chainOf, NATION } from '../../kernel/jurisdiction.ts';
import type { JurisdictionSpec } from '../../kernel/jurisdiction.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { Place } from '../../kernel/place.ts';
import { problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { DecisionObject } from '../decision/decision.type.ts';
import { JurisdictionObject, JurisdictionPage } from '../jurisdiction/jurisdiction.type.ts';
import { refuseInput } from '../refuse-input.ts';
import { RuleObject } from '../rule/rule.type.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import type { View } from '../view.ts';
import { RulebookObject } from './rulebook.type.ts';

const PLACE = 'The place, by its official six-digit code, or `CN`.';
const AT = 'The moment: an instant with offset, or a day for its first instant in Asia/Shanghai. Default: now.';

@Resolver()
export class RulebookResolver {
  @Query(() => RulebookObject, { description: 'What holds in a jurisdiction at a moment.' })
  rulebook(@Arg('jurisdiction', () => ID, { description: PLACE }) jurisdiction: string, @Arg('at', () => InstantScalar, { nullable: true, description: AT }) at: Instant | null | undefined, @Ctx() { view, now }: ApiContext): RulebookObject {
    const moment = at ?? now;
    return new RulebookObject(placeOf(view, jurisdiction).rulebookOn(dayOf(moment)), moment, view);
  }

  @Query(() => RuleObject, { nullable: true, description: 'A rule by its public id, wherever it holds: as it stands at the moment, else its last or first version. An unknown id is refused with the nearest ones.' })
  rule(@Arg('id', () => ID, { description: 'The id, such as those in `rulebook { rules { id } }`.' }) id: string, @Arg('at', () => InstantScalar, { nullable: true, description: AT }) at: Instant | null | undefined, @Ctx() { view, now }: ApiContext): RuleObject {
    const versions = view.registry.versionsOf(id);
    const version = versions.find(({ period }) => includes(period, dayOf(at ?? now))) ?? versions.at(-1);
    if (!version) return refuseInput(view, [problem('UNKNOWN_RULE', 'id', id, 'input.unknown-rule', nearestNames(id, view.registry.ruleIds), { rule: id })]);
    return new RuleObject(version, view);
  }

  @Query(() => [DecisionObject], { description: 'The questions that can be answered in a place at a moment, with the facts that each needs and their JSON Schema.' })
  decisions(@Arg('jurisdiction', () => ID, { description: PLACE }) jurisdiction: string, @Arg('at', () => InstantScalar, { nullable: true, description: AT }) at: Instant | null | undefined, @Ctx() { view, now }: ApiContext): DecisionObject[] {
    const place = placeOf(view, jurisdiction);
    const rulebook = place.rulebookOn(dayOf(at ?? now));
    const isAnswered = (id: string): boolean => ['inForce', 'unread', 'ended'].includes(rulebook.status(id).state) || (place.versions.get(id)?.some(({ spec }) => spec.lawOf) ?? false);
    return [...place.decisions.values()].filter(({ rules }) => rules.some(isAnswered)).map((decision) => new DecisionObject(decision, rulebook, view));
  }

  @Query(() => JurisdictionPage, { description: 'The places that are known, in the order of their codes.' })
  jurisdictions(
    @Arg('under', () => ID, { nullable: true, description: 'Only places in this one, itself included.' }) under: string | null | undefined,
    @Arg('name', () => String, { nullable: true, description: 'Only places whose name begins like this.' }) name: string | null | undefined,
    @Arg('withOwnRules', () => Boolean, { defaultValue: false, description: 'Only places that have rules of their own.' }) withOwnRules: boolean,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, 1 to 100.' }) first: number,
    @Arg('after', () => ID, { nullable: true, description: 'Only places after this code: the `endCursor` of the page before.' }) after: string | null | undefined,
    @Ctx() { view }: ApiContext,
  ): JurisdictionPage {
    if (first < 1 || first > 100) refuseInput(view, [problem('OUT_OF_RANGE', 'first', first, 'input.range', [], { min: '1', max: '100' })]);
    const lower = name?.toLowerCase() ?? '';
    const own = new Set(view.registry.plugins.map(({ jurisdiction }) => jurisdiction.code));
    const matching = [...view.registry.jurisdictions.values()].filter(
      (spec) => (under == null || chainOf(spec.code).includes(under)) && (name == null || isNamed(spec, name, lower)) && (!withOwnRules || own.has(spec.code)),
    );
    const rest = after == null ? matching : matching.filter(({ code }) => code !== NATION && code > (after === NATION ? '' : after));
    const page = rest.slice(0, first);
    return { nodes: page.map((spec) => new JurisdictionObject(spec, view)), totalCount: matching.length, endCursor: rest.length > first ? (page.at(-1)?.code ?? null) : null };
  }
}

const isNamed = ({ name }: JurisdictionSpec, start: string, lower: string): boolean => name.zh.startsWith(start) || name.en.toLowerCase().startsWith(lower);

function placeOf(view: View, code: string): Place {
  const place = view.registry.place(code);
  return place ?? refuseInput(view, [problem('UNKNOWN_JURISDICTION', 'jurisdiction', code, 'input.unknown-jurisdiction', view.registry.nearestPlaces(code), { code })]);
}
