import 'reflect-metadata';
import { createRequire } from 'node:module';

/**
 * type-graphql as all types of the API use it, in its CommonJS build: with the 230 files behind it, that loads in half
 * the time of the ES modules, an eighth of the whole start. Nothing may import the other build, which would be a second copy.
 */
const require = createRequire(import.meta.url);
const loaded = require('type-graphql') as typeof import('type-graphql');

export const { Arg, Args, ArgsType, buildSchemaSync, Ctx, Field, Float, ID, InputType, Int, InterfaceType, Mutation, ObjectType, Query, registerEnumType, Resolver } = loaded;
