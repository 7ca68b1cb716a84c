import { Field as FieldOrResolver } from './type-graphql.ts';

type FieldParameters = Parameters<typeof FieldOrResolver>;

/**
 * A field of an object type: as type-graphql's `Field`, but a getter counts as the property it stands for. There a getter
 * becomes a resolver with all its machinery around every single value, `simpleResolvers` or not, which for an answer of
 * fifty assessments costs more than finding them.
 */
export const Field =
  (...parameters: FieldParameters): PropertyDecorator & MethodDecorator =>
  (prototype: object, name: string | symbol, descriptor?: PropertyDescriptor): void => {
    const isMethod = typeof descriptor?.value === 'function';
    const decorate: (prototype: object, name: string | symbol, descriptor?: PropertyDescriptor) => void = FieldOrResolver(...parameters);
    decorate(prototype, name, isMethod ? descriptor : undefined);
  };
