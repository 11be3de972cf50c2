import { isBag } from './isBag.ts'
import { journeySchemaJson, type JsonSchema } from './journeySchemaJson.ts'

/** What a value may consist of, where the schema's alternatives are those that the value has chosen. */
export interface SchemaFields {
  /** In the order of the schema. */
  properties: ReadonlyMap<string, readonly JsonSchema[]>
  /** Of members of any name; empty where there are none. */
  others: readonly JsonSchema[]
  items: readonly JsonSchema[]
  /** Whether something is known of the value at all. */
  isKnown: boolean
}

export const JOURNEY: JsonSchema = journeySchemaJson()

/** The members that say which alternative is meant. */
const DISCRIMINATORS = ['kind', 'operator', 'of', 'unit']

const resolved = (schema: JsonSchema): JsonSchema => {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (JOURNEY.$defs?.[name] ?? {})
}

/** All schemas that a value has to meet, with the alternatives that it has chosen. */
function partsOf(schema: JsonSchema, value: unknown): JsonSchema[] {
  const own = resolved(schema)
  const choices = (own.oneOf ?? own.anyOf ?? []).filter((one) => isChosen(one, value))
  return [own, ...[...choices, ...(own.allOf ?? [])].flatMap((one) => partsOf(one, value))]
}

function isChosen(schema: JsonSchema, value: unknown): boolean {
  const own = resolved(schema)
  const inner = own.oneOf ?? own.anyOf
  if (inner) return inner.some((one) => isChosen(one, value))
  if (Array.isArray(value)) return own.items !== undefined
  if (!isBag(value)) return own.properties === undefined && own.items === undefined
  if (own.properties === undefined) return false
  return DISCRIMINATORS.every((name) => {
    const asked = own.properties?.[name]
    if (!asked || !Object.hasOwn(value, name)) return true
    if (asked.const !== undefined) return asked.const === value[name]
    return asked.enum === undefined || asked.enum.includes(value[name])
  })
}

export function fieldsOf(schemas: readonly JsonSchema[], value: unknown): SchemaFields {
  const parts = schemas.flatMap((schema) => partsOf(schema, value))
  // What says which alternative it is stands first.
  const properties = new Map<string, JsonSchema[]>(
    DISCRIMINATORS.filter((name) => parts.some((part) => part.properties?.[name])).map((name) => [name, []]),
  )
  for (const part of parts)
    for (const [name, schema] of Object.entries(part.properties ?? {}))
      properties.set(name, [...(properties.get(name) ?? []), schema])
  const others = parts.flatMap(({ additionalProperties: more }) => (typeof more === 'object' ? [more] : []))
  const items = parts.flatMap((part) => (part.items ? [part.items] : []))
  return { properties, others, items, isKnown: properties.size > 0 || others.length > 0 }
}

/** Whether one of the schemas is that of a duration, or of one that may be null. */
export const hasTitle = (schemas: readonly JsonSchema[], title: string): boolean =>
  schemas.some((schema) => schema.title === title || hasTitle(schema.anyOf ?? [], title))
