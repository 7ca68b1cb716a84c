import type { Instant } from '../../kernel/civil-day.ts';
import type { PageRows } from '../../persistence/keyset.ts';
import { Field } from '../field.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { Int, ObjectType } from '../type-graphql.ts';

/** A list is counted no further. */
export const MOST_COUNTED = 10_000;

@ObjectType('PageInfo', { description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether something comes after this page.' })
  readonly hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether something comes before this page.' })
  readonly hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'The cursor of its first item: give it as `before` for what comes before. Null on an empty page.' })
  readonly startCursor!: string | null;
  @Field(() => String, { nullable: true, description: 'The cursor of its last item: give it as `after` for what comes next. Null on an empty page.' })
  readonly endCursor!: string | null;
}

/** What a connection shows. */
export interface ConnectionSource<Row, Item> {
  readonly page: PageRows<Row>;
  itemOf(row: Row): Item;
  cursorOf(row: Row): string;
  /** How many there are in all, counted up to one more than {@link MOST_COUNTED}. Asked once at most. */
  count(): Promise<number> | number;
  /** As of when the list was read. */
  readonly at: Instant;
  readonly knownAt: Instant;
}

interface Names {
  /** `Teacher` gives TeacherConnection and TeacherEdge. */
  readonly name: string;
  /** What the items are, in the plural. */
  readonly items: string;
  readonly order: string;
  /** Whether the list can be read as it was known at a moment; of what changes where it stands there is only now. */
  readonly isAsOf?: boolean;
}

type Class = abstract new (...args: never[]) => object;

/** The types of a Relay connection of some items. */
export function connectionType<Row, Item>({ name, items, order, isAsOf = true }: Names, item: () => Class) {
  @ObjectType(`${name}Edge`, { description: `One of the ${items} with its place in the list.`, simpleResolvers: true })
  class Edge {
    @Field(() => item(), { description: 'The item.' })
    readonly node!: Item;
    @Field(() => String, { description: 'Its place in this order: opaque, and good for as long as the list lives.' })
    readonly cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `Some of the ${items}, ${order}.`, simpleResolvers: true })
  class Connection {
    readonly #source: ConnectionSource<Row, Item>;
    #counted: Promise<number> | number | undefined;
    constructor(source: ConnectionSource<Row, Item>) {
      this.#source = source;
    }

    @Field(() => [Edge], { description: 'The items of this page with their cursors.' })
    get edges(): Edge[] {
      return this.#source.page.rows.map((row) => ({ node: this.#source.itemOf(row), cursor: this.#source.cursorOf(row) }));
    }
    @Field(() => [item()], { description: 'The items of this page.' })
    get nodes(): Item[] {
      return this.#source.page.rows.map((row) => this.#source.itemOf(row));
    }
    @Field(() => PageInfo, { description: 'Where this page stands.' })
    get pageInfo(): PageInfo {
      const { rows, hasNext, hasPrevious } = this.#source.page;
      const [first, last] = [rows[0], rows.at(-1)];
      return { hasNextPage: hasNext, hasPreviousPage: hasPrevious, startCursor: first === undefined ? null : this.#source.cursorOf(first), endCursor: last === undefined ? null : this.#source.cursorOf(last) };
    }
    @Field(() => Int, { description: `How many there are in all pages, such as 1234; ${MOST_COUNTED} also when there are more, see \`totalCountIsExact\`.` })
    async totalCount(): Promise<number> {
      return Math.min(await this.#count(), MOST_COUNTED);
    }
    @Field(() => Boolean, { description: `Whether \`totalCount\` is the exact number; false: there are more than ${MOST_COUNTED}.` })
    async totalCountIsExact(): Promise<boolean> {
      return (await this.#count()) <= MOST_COUNTED;
    }
    get at(): Instant {
      return this.#source.at;
    }
    get knownAt(): Instant {
      return this.#source.knownAt;
    }

    #count(): Promise<number> | number {
      return (this.#counted ??= this.#source.count());
    }
  }
  if (isAsOf) {
    Field(() => InstantScalar, { description: 'The moment as of which the list was read.' })(Connection.prototype, 'at');
    Field(() => InstantScalar, { description: 'The last recording that the list knows: asked again with this `knownAt`, it is the same for ever. In 1970 when nothing was recorded.' })(Connection.prototype, 'knownAt');
  }
  return Connection;
}
