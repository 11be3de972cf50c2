import { nearestName } from '@ciclo/engine'
import { isBag } from './isBag.ts'
import type { JsonSchema } from './journeySchemaJson.ts'
import { fieldsOf, JOURNEY } from './schemaFields.ts'

type Path = readonly (string | number)[]

interface UnknownField {
  path: Path
  message: string
}

/** Fields that no journey has, wherever they stand: they would be left out silently, and are mistyped mostly. */
export function unknownFields(
  value: unknown,
  schemas: readonly JsonSchema[] = [JOURNEY],
  path: Path = [],
): UnknownField[] {
  const { properties, others, items, isKnown } = fieldsOf(schemas, value)
  if (Array.isArray(value))
    return value.flatMap((item, index) => unknownFields(item, items, [...path, index]))
  // Which of the alternatives is meant is not known: what it must say comes first.
  if (!isBag(value) || !isKnown) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const inside = properties.get(name) ?? others
    if (inside.length > 0) return unknownFields(member, inside, [...path, name])
    const nearest = nearestName(name, properties.keys())
    const expected = nearest === undefined ? `one of ${[...properties.keys()].join(', ')}` : nearest
    return [{ path: [...path, name], message: `given a field that is not known here, expected ${expected}` }]
  })
}
