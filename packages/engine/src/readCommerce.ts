import { commerceNameOf } from './canonicalName.ts'
import { COMMERCE_EVENTS, type CommerceEvent } from './commerceEvents.ts'
import type { EventInput } from './input.ts'

/** The name of the e-commerce specification's version 2 by which an event goes, if it is one of its events. */
export const commerceNameOfInput = ({ event }: EventInput) =>
  event.type === 'track' && event.name !== undefined ? commerceNameOf(event.name) : undefined

/** An event of the e-commerce specification with its properties as far as they can be read; undefined for all others. */
export function readCommerce(input: EventInput): CommerceEvent | undefined {
  const name = commerceNameOfInput(input)
  if (name === undefined) return undefined
  // The name and the schema belong together, which the compiler cannot see through the lookup.
  return { name, properties: COMMERCE_EVENTS[name].parse(input.event.properties) } as CommerceEvent
}
