import { durationText, equalJson, type Journey } from '@ciclo/engine'
import { isBag, type Bag } from './isBag.ts'
import { DURATION, type JsonSchema } from './journeySchemaJson.ts'
import { fieldsOf, hasTitle, JOURNEY } from './schemaFields.ts'

function formOf(value: unknown, schemas: readonly JsonSchema[], keepsDefaults: boolean): unknown {
  if (typeof value === 'number' && hasTitle(schemas, DURATION)) return durationText(value)
  const { properties, others, items } = fieldsOf(schemas, value)
  if (Array.isArray(value)) return value.map((item) => formOf(item, items, keepsDefaults))
  if (!isBag(value)) return value
  const names = [
    ...[...properties.keys()].filter((name) => Object.hasOwn(value, name)),
    ...Object.keys(value)
      .filter((name) => !properties.has(name))
      .toSorted(),
  ]
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const member = value[name]
      const inside = properties.get(name) ?? others
      const isDefault = inside.some(
        (schema) => schema.default !== undefined && equalJson(schema.default, member),
      )
      if (member === undefined || (isDefault && !keepsDefaults)) return []
      return [[name, formOf(member, inside, keepsDefaults)]]
    }),
  )
}

/** A journey as it is written: its fields in the schema's order, and durations as text. */
export const journeyForm = (journey: Journey, { keepsDefaults }: { keepsDefaults: boolean }): Bag =>
  formOf(journey, [JOURNEY], keepsDefaults) as Bag
