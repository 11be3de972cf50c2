import { boughtIn, productDeedsIn, type Settings } from '@ciclo/engine'
import type { StoredEvent } from '../store/queries/events.ts'
import type { OrderLines } from '../store/queries/orderLines.ts'
import type { ProductInterest } from '../store/queries/productInterests.ts'

/** Who has looked at which product, put it into a cart or asked for it. */
export const interestsOf = (events: readonly StoredEvent[]): ProductInterest[] =>
  events.flatMap(({ customerId, input }) => productDeedsIn(input).map((deed) => ({ customerId, ...deed })))

/** What was bought in which order, and who says so. */
export const orderLinesOf = (events: readonly StoredEvent[], settings: Settings): OrderLines[] =>
  events.flatMap(({ customerId, input }) => {
    const bought = boughtIn(input, settings)
    return bought ? [{ ...bought, customerId, at: input.at, trusted: input.source !== 'public' }] : []
  })
