import { Ctx, ObjectType, Query, Resolver } from '../type-graphql.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { version } from '../../version.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';

@ObjectType('About', { description: 'The server that answers.', simpleResolvers: true })
export class AboutObject {
  @Field(() => String, { description: 'The name of the product.' })
  readonly name = '师训 Shixun';
  @Field(() => String, { description: 'The version of the product, such as `0.1.0`.' })
  readonly version = version;
  @Field(() => InstantScalar, { description: 'When this server was started.' })
  readonly startedAt: Instant;

  constructor(startedAt: Instant) {
    this.startedAt = startedAt;
  }
}

@Resolver()
export class AboutResolver {
  @Query(() => AboutObject, { description: 'The server that answers: a query without arguments, to see whether it is there.' })
  about(@Ctx() context: ApiContext): AboutObject {
    return new AboutObject(context.startedAt);
  }
}
