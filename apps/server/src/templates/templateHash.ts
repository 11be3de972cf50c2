import { createHash } from 'node:crypto'
import { canonicalJson } from '@ciclo/engine'
import type { TemplateSource } from '@ciclo/templates'

/** SHA-256, in hexadecimal, of what a template says: the same for files and the API, in whatever order its fields stand. */
export const templateHash = (source: TemplateSource): string =>
  createHash('sha256').update(canonicalJson(source)).digest('hex')
