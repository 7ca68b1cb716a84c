import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AboutResolver } from './about/about.resolver.ts';
import { readObjectsOnce } from './execution/read-once.ts';
import { AssessResolver } from './assessment/assess.resolver.ts';
import { RulebookResolver } from './rulebook/rulebook.resolver.ts';

let built: GraphQLSchema | undefined;

/** The schema of the API. Built once a process: the decorators write to metadata that is global. */
export function apiSchema(): GraphQLSchema {
  built ??= readObjectsOnce(
    buildSchemaSync({
      resolvers: [AssessResolver, RulebookResolver, AboutResolver],
      // Input is checked in one place, against the declarations of plugins.
      validate: false,
    }),
  );
  return built;
}
