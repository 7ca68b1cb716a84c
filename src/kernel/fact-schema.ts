import type { FactSpec, FactType } from './facts.ts';
import type { Text } from './text.ts';

/** A JSON Schema (draft 2020-12) object. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const AMOUNT = { anyOf: [{ type: 'string', pattern: '^[+-]?\\d+(\\.\\d+)?$|^[+-]?\\d+/\\d+$' }, { type: 'integer' }] };

/** The JSON Schema of some facts as one object, described in one language. Nothing is required: what is absent is unknown. */
export function schemaOfFacts(specs: Iterable<FactSpec>, language: keyof Text): JsonSchema {
  const properties = Object.fromEntries([...specs].map((spec) => [spec.name, { ...nullable(schemaOfType(spec.type, language), spec.nullable || spec.type.kind === 'list'), description: spec.meaning[language], ...(spec.default ? { default: spec.default.value } : {}) }]));
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', additionalProperties: false, properties };
}

const schemas = { zh: new WeakMap<FactSpec, JsonSchema>(), en: new WeakMap<FactSpec, JsonSchema>() };

/** The JSON Schema of one fact alone; the same object every time. */
export function schemaOfFact(spec: FactSpec, language: keyof Text): JsonSchema {
  let schema = schemas[language].get(spec);
  if (!schema) schemas[language].set(spec, (schema = schemaOfFacts([spec], language)));
  return schema;
}

const nullable = (schema: JsonSchema, isNullable = false): JsonSchema => (isNullable ? { anyOf: [schema, { type: 'null' }] } : schema);

/** The JSON Schema of one type. */
export function schemaOfType(type: FactType, language: keyof Text): JsonSchema {
  switch (type.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return { enum: Object.keys(type.options), 'x-meanings': Object.fromEntries(Object.entries(type.options).map(([value, meaning]) => [value, meaning[language]])) };
    case 'integer':
      return { type: 'integer', minimum: type.min ?? 0, ...(type.max === undefined ? {} : { maximum: type.max }), ...(type.unit ? { 'x-unit': type.unit } : {}) };
    case 'amount':
      return { ...AMOUNT, 'x-unit': type.unit, ...(type.perWhole ? { 'x-smallest': `1/${type.perWhole}` } : {}), 'x-minimum': type.min ?? '0', ...(type.max === undefined ? {} : { 'x-maximum': type.max }) };
    case 'money':
      return { type: 'integer', minimum: 0, 'x-unit': 'fen' };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] };
    case 'text':
      return { type: 'string', maxLength: type.maxLength ?? 500 };
    case 'list':
      return { type: 'array', items: schemaOfType(type.of, language), maxItems: type.max ?? 1000 };
    case 'record':
      return {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, { ...nullable(schemaOfType(field.type, language), field.nullable), description: field.meaning[language], ...(field.absent ? { 'x-absent': field.absent[language] } : {}) }])),
      };
  }
}
