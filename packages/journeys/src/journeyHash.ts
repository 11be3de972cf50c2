import { createHash } from 'node:crypto'
import { canonicalJson, type Journey } from '@ciclo/engine'

/** SHA-256, in hexadecimal, of a definition: the same for a file and the API, in whatever order its fields stand. */
export const journeyHash = (journey: Journey): string =>
  createHash('sha256').update(canonicalJson(journey)).digest('hex')
