import type { ApiContext } from '../context.ts';
import { sceneAt } from '../scene.ts';
import { Ctx, Query, Resolver } from '../type-graphql.ts';
import { ViewerObject } from './viewer.type.ts';

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerObject, { description: 'Who asks, with which roles, and what may be asked. Open to everyone: without a token it says so.' })
  viewer(@Ctx() context: ApiContext): ViewerObject {
    return new ViewerObject(context.access.principal, context.view, context.spender.standing(), () => sceneAt(context));
  }
}
