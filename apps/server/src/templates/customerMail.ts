import { canonicalName, runFactsOf, type Customer, type Message, type Settings } from '@ciclo/engine'
import { memberIds } from '../store/queries/customers.ts'
import { pageOfEvents } from '../store/queries/events.ts'
import type { ReadTx } from '../store/store.ts'

/** So far back a preview looks for something to show. */
const EVENTS = 200

/** What orders are told by: what a mail is about where its journeys begin by no event. */
const ORDER_EVENTS = new Set(
  ['Order Completed', 'Order Updated', 'Order Shipped', 'Order Delivered'].map(canonicalName),
)

/**
 * What a mail would show to a customer now: the newest event by which a journey sends it, else the cart, else the last
 * order. As in a mail, nothing that only a browser has said.
 */
export async function customerMail(
  tx: ReadTx,
  workspaceId: string,
  customer: Customer,
  { events, settings }: { events: ReadonlySet<string>; settings: Settings },
): Promise<Message['data']> {
  const firstName = customer.traits['firstName']
  const shown = {
    customer: { ...(typeof firstName === 'string' ? { firstName } : {}), email: customer.email ?? '' },
  }
  const members = await memberIds(tx, workspaceId, customer.id)
  const told = (await pageOfEvents(tx, workspaceId, members, undefined, EVENTS)).filter(
    ({ source, event }) => source !== 'public' && event.type === 'track' && event.name !== undefined,
  )
  const newest = (names: ReadonlySet<string>) =>
    told.find(({ event }) => names.has(canonicalName(event.name ?? '')))
  const cart = customer.carts.find(({ lines }) => lines.length > 0)
  const found = newest(events)
  if (found === undefined && cart)
    return {
      ...shown,
      lines: cart.lines,
      currency: cart.currency,
      ...(cart.value === null ? {} : { total: cart.value }),
    }
  const { lines, total, currency, orderId, properties } = runFactsOf(
    found ?? newest(ORDER_EVENTS) ?? null,
    settings,
  )
  return {
    ...shown,
    ...(lines.length > 0 ? { lines } : {}),
    ...(total === null ? {} : { total }),
    ...(currency === null ? {} : { currency }),
    ...(orderId === null ? {} : { orderId }),
    ...(Object.keys(properties).length > 0 ? { event: properties } : {}),
  }
}
