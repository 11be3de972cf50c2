import { DurationSchema, JourneySchema, PauseSchema } from '@ciclo/engine'
import { z } from 'zod'

/** What is used here of JSON Schema. */
export interface JsonSchema {
  $ref?: string
  $defs?: Record<string, JsonSchema>
  title?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

/** How a duration is called in the schema, and told from other numbers. */
export const DURATION = 'duration'

/**
 * The JSON Schema (2020-12) of a journey as it is written, for editors: fields that have a default may be left out,
 * durations are milliseconds or text such as `4h`. What it cannot say (that targets are steps, that states are of their
 * region) only reading a journey tells.
 */
export const journeySchemaJson = (): JsonSchema =>
  z.toJSONSchema(JourneySchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const schema: unknown = zodSchema
      if (schema !== DurationSchema && schema !== PauseSchema) return
      const { type, minimum, exclusiveMinimum, maximum } = jsonSchema
      for (const name of Object.keys(jsonSchema)) delete jsonSchema[name]
      const least = minimum === undefined ? { exclusiveMinimum } : { minimum }
      const asText = { type: 'string' as const, pattern: '^\\d{1,12}(ms|s|m|h|d|w)$' }
      Object.assign(jsonSchema, { title: DURATION, anyOf: [{ type, ...least, maximum }, asText] })
    },
  }) as JsonSchema
