import type { Journey } from '@ciclo/engine'

/** What means something else where a step could be named. */
const TAKEN = ['end', 'trigger', 'journey', 'constructor']
/** Ids have 64 letters at the most, and a number is added. */
const LONGEST = 58

/** A name for a step that no other has: the wished one, or with a number. */
export function freshId({ steps }: Pick<Journey, 'steps'>, wished: string): string {
  const taken = new Set([...TAKEN, ...steps.map(({ id }) => id)])
  if (!taken.has(wished)) return wished
  const base = wished.replace(/-\d+$/, '').slice(0, LONGEST).replace(/-$/, '')
  for (let number = 2; ; number += 1) {
    const id = `${base}-${number}`
    if (!taken.has(id)) return id
  }
}
