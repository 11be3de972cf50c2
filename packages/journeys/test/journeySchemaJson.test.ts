import { describe, expect, it } from 'vitest'
import { journeySchemaJson } from '../src/index.ts'

describe('the JSON Schema of a journey', () => {
  const schema = journeySchemaJson()

  it('asks for what has no default, and nothing else', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['id', 'name', 'trigger', 'reentry', 'steps'],
    })
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })

  it('takes durations as numbers and as text', () => {
    const [delay] = (schema.properties?.['steps']?.items?.oneOf ?? []).filter(
      ({ properties }) => properties?.['kind']?.const === 'delay',
    )
    expect(delay?.properties?.['duration']).toEqual({
      title: 'duration',
      anyOf: [
        { type: 'integer', exclusiveMinimum: 0, maximum: 3_155_760_000_000 },
        { type: 'string', pattern: '^\\d{1,12}(ms|s|m|h|d|w)$' },
      ],
    })
  })

  it('refers to the rules inside rules by a name', () => {
    const names = Object.keys(schema.$defs ?? {})
    expect(names.length).toBeGreaterThan(0)
    expect(JSON.stringify(schema)).toContain(`"$ref":"#/$defs/${names[0]}"`)
  })
})
