import { createHash } from 'node:crypto'
import type { Journey } from '@ciclo/engine'

/** JSON with sorted keys, and without what is undefined. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.toSorted().join()}}`
}

/** SHA-256, in hexadecimal, of a definition: the same for a file and the API, in whatever order its fields stand. */
export const journeyHash = (journey: Journey): string =>
  createHash('sha256').update(canonical(journey)).digest('hex')
