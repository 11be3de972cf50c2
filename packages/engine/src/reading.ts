import type { ConsentChange } from './consent.ts'
import type { ConsentStatement } from './consentStatements.ts'
import type { Customer } from './customer.ts'
import type { Asserted } from './identity.ts'
import type { EventInput } from './input.ts'
import type { Order } from './order.ts'
import type { Settings } from './settings.ts'
import type { Signal } from './signal.ts'

/** Adds an order to those of a customer: to a copy, or in a rebuild, which owns them, to themselves. */
export type KeepOrder = (orders: Customer['orders'], order: Order) => Customer['orders']

export const keepInCopy: KeepOrder = (orders, order) => ({ ...orders, [order.id]: order })

export const keepInPlace: KeepOrder = (orders, order) => {
  orders[order.id] = order
  return orders
}

/** An event while it is read: the interpreters add their signals. */
export interface Reading {
  input: EventInput
  asserted: Asserted
  settings: Settings
  statements: readonly ConsentStatement[]
  signals: Signal[]
  changes: ConsentChange[]
  keepOrder: KeepOrder
  /** Whether the event is the first that tells of its order. */
  isNewOrder: boolean
  /** Whether traits were too many to be kept: told earlier, these would have been kept and others not. */
  leavesOut: boolean
}

/** Takes over what an event says of one matter; the very same customer where that is nothing. */
export type Interpreter = (customer: Customer, reading: Reading) => Customer
