import { Field, ID, InterfaceType } from '../type-graphql.ts';

@InterfaceType('Node', { description: 'An object with an id under which `node` finds it again.' })
export abstract class Node {
  @Field(() => ID, { description: 'The global id: opaque, the same for ever.' })
  readonly id!: string;
}
