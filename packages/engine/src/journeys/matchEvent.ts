import { canonicalName } from '../canonicalName.ts'
import type { EventInput } from '../input.ts'
import { readCommerce } from '../readCommerce.ts'
import { matchPath } from '../segments/matchValue.ts'
import type { EventQuestion } from './happening.ts'

/** Where conditions begin: in the properties as the e-commerce specification reads them, or the traits. */
function factsOf(input: EventInput): Record<string, unknown> {
  const { type, properties, traits } = input.event
  if (type === 'identify' || type === 'group') return traits
  return readCommerce(input)?.properties ?? properties
}

/**
 * Whether an event is what a trigger, a wait, a goal or an exit asks for. A crawler's never is; what a shop's server says
 * counts, whatever program says it.
 */
export function matchEvent({ type, name, where }: EventQuestion, input: EventInput): boolean {
  const { event, source } = input
  if (event.type !== type || (event.bot === true && source === 'public')) return false
  if (name !== undefined && (event.name === undefined || canonicalName(event.name) !== canonicalName(name)))
    return false
  // A mail that left, or where a customer is now, is no answer to 'anything': a journey would answer its own mails.
  if (source === 'own' && type === 'track' && name === undefined) return false
  if (where.length === 0) return true
  const facts = factsOf(input)
  return where.every(({ path, condition }) => matchPath(facts, path, condition))
}

/** Under what events are looked up: their type, and the name by which they are known. */
export const questionKey = (type: string, name: string | undefined) =>
  name === undefined ? type : `${type}:${canonicalName(name)}`
