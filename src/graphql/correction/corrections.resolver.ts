import type { ApiContext } from '../context.ts';
import { sceneAt } from '../scene.ts';
import { Args, Ctx, Query, Resolver } from '../type-graphql.ts';
import { CorrectionConnection, CorrectionsArgs, correctionsToDecide } from './correction-connection.ts';

@Resolver()
export class CorrectionsResolver {
  @Query(() => CorrectionConnection, { description: 'Corrections that whoever asks answers for by a role: of an institution, or of a place and all below it. Those of the asker’s own are in `viewer`.' })
  async corrections(@Args(() => CorrectionsArgs) args: CorrectionsArgs, @Ctx() context: ApiContext): Promise<CorrectionConnection> {
    return correctionsToDecide(await sceneAt(context), args);
  }
}
