import type { CatalogueItem } from '@ciclo/engine'

/** One event as a shop's system tells it, in the words of the e-commerce specification. */
export interface PlatformEvent {
  /** The same for the same fact, however it comes: by webhook, again, or in a pull. At most 100 characters. */
  id: string
  /** When it happened by the system's clock: epoch milliseconds. */
  at: number
  type: 'identify' | 'track'
  /**
   * What all that is told of one order has in common: a refund names no customer, and may come before its order.
   */
  anonymousId?: string
  /** Of a `track`, such as `Order Completed`. */
  name?: string
  userId?: string
  properties: Record<string, unknown>
  /** `email` is one that the system vouches for. */
  traits: Record<string, unknown>
}

/** What a message of a shop's system comes to. */
export interface Mapped {
  events: readonly PlatformEvent[]
  products: readonly CatalogueItem[]
  /** Why there is nothing, where there is nothing. */
  ignored?: string
}

/** A webhook as it came. Names of headers are lower-case. */
export interface PlatformRequest {
  raw: Uint8Array
  header: (name: string) => string | undefined
  /** What signs it. */
  secret: string
  /** Epoch milliseconds. */
  now: number
}

/** A webhook that is what it says. */
export interface PlatformDelivery {
  /** The same each time that it is sent, made of what is signed: what was seen is not taken again. */
  id: string
  topic: string
  payload: unknown
  /** When the system says that it happened, of what has no time of its own. Epoch milliseconds. */
  at: number
}

/** What a payload does not say itself. */
export interface MapContext {
  /** Of prices that are told without one: ISO 4217. */
  currency: string
  /** Where the shop is, such as https://shop.example; null where nobody has said. */
  address: string | null
  /** Whether the shop's pages know customers by the system's ids, too; else only by their e-mail addresses. */
  knowsIds: boolean
  /** When the system says that it happened, of what has no time of its own. */
  at: number
  /**
   * A name that nobody can guess, the same each time: of an order, say, so that no browser can pass for whoever has
   * bought it by counting.
   */
  nameOf: (thing: string) => string
}

/** What each shop system has of its own: how its webhooks are signed, and what they mean. */
export interface Platform {
  /**
   * Reads and verifies a webhook. Throws `CicloError` `unknown-key` where its signature is wrong, `bad-request` where it
   * cannot be read. Undefined: it only asks whether somebody is here, and is not signed.
   */
  readDelivery: (request: PlatformRequest) => PlatformDelivery | undefined
  /** Pure. Throws `CicloError` `bad-request` where the payload is not what the topic promises. */
  map: (topic: string, payload: unknown, context: MapContext) => Mapped
}
