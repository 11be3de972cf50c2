import type { z } from 'zod'
import type { Place } from '../place.ts'
import { deriveReader, type SectionValues } from './derivedReader.ts'

/** A kind of section: what is asked for it, and the MJML that it is. */
export interface SectionKind {
  place: Place
  schema: z.ZodObject
  /** What a new one begins with; texts begin with those of `starterTexts.ts`. */
  start: SectionValues
  /** Whether it can be added; some only make sense beside code of their template. */
  isOffered: boolean
  write: (values: SectionValues) => string
  read: (mjml: string) => SectionValues | undefined
}

/** The kind with a reader that is made of its writer. */
export function defineKind<Schema extends z.ZodObject>(kind: {
  place: Place
  schema: Schema
  start: Partial<z.infer<Schema>>
  isOffered?: boolean
  write: (values: z.infer<Schema>) => string
}): SectionKind {
  const { place, schema, start, isOffered = true, write } = kind
  return {
    place,
    schema,
    start: start as SectionValues,
    isOffered,
    write: (values) => write(schema.parse(values)),
    read: deriveReader(schema, write),
  }
}
