import { createHash } from 'node:crypto'
import { canonicalJson } from '@ciclo/engine'

/** SHA-256, in hexadecimal, of what a definition says: the same in whatever order its fields stand. */
export const definitionHash = (definition: object): string =>
  createHash('sha256').update(canonicalJson(definition)).digest('hex')
