import { consentStatementsIn, type EventInput } from '@ciclo/engine'
import type { KeyRecord } from '../store/queries/workspaces.ts'
import type { Client } from './clientAddress.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import type { LimitSettings } from './limitSettings.ts'
import { errorOf, refusalOf, type OnRefused, type Refusal, type RefusalReason } from './refusal.ts'

/** What comes in and may be too much. */
export interface Limits {
  /**
   * Charges the events of a request as a whole, by its key and, for a public one, its address.
   * Throws `too-many-requests` when they are too many.
   */
  charge(request: ChargedRequest, events: number): void
  /** Which of these events of browsers are too many, by their place: floods of one customer, and sign-ups. */
  refusalsOf(request: ChargedRequest, inputs: readonly EventInput[]): ReadonlyMap<number, Refusal>
  /** Throws `too-many-requests` when the client has sent so many wrong keys that no further one is looked at. */
  expectFewWrongKeys(client: Client): void
  countWrongKey(client: Client): void
}

export interface ChargedRequest {
  client: Client
  key: Pick<KeyRecord, 'id' | 'workspaceId' | 'kind'>
}

export interface LimitsOptions {
  settings: LimitSettings
  now: () => number
  onRefused: OnRefused
}

/** How many buckets of each kind are kept at most. */
const ADDRESSES = 50_000
const CUSTOMERS = 50_000
const KEYS = 10_000

const HOUR = 3_600
const MINUTE = 60

const NONE: ReadonlyMap<number, Refusal> = new Map()

/** Whom a browser says it is: the bucket of a flood. Ids longer than any real one share one, so that none takes memory. */
function nameOf({ event: { anonymousId, userId } }: EventInput): string {
  const id = anonymousId ?? userId ?? ''
  return id.length <= 128 ? id : 'long'
}

/** What may make Ciclo write to an address, however the event is called. */
const isSignUp = (input: EventInput) =>
  consentStatementsIn(input).some(({ purpose, answer }) => purpose === 'marketing-email' && answer === 'yes')

/** So many seconds of a rate at once: a burst is normal, only what goes on is a flood. */
const perSecond = (rate: number, seconds: number, capacity: number) =>
  createLimiter({ perSecond: rate, burst: rate * seconds }, capacity)

/** The limits of a server. They are kept in memory, so each process of several counts on its own. */
export function createLimits({ settings, now, onRefused }: LimitsOptions): Limits {
  const perKey = perSecond(settings.eventsPerKey, 5, KEYS)
  const perAddress = perSecond(settings.eventsPerAddress, 100, ADDRESSES)
  const perCustomer = perSecond(settings.eventsPerCustomer, 250, CUSTOMERS)
  const signUpsPerAddress = perSecond(settings.signUpsPerAddress / HOUR, HOUR, ADDRESSES)
  const signUps = perSecond(settings.signUps / HOUR, HOUR, KEYS)
  const wrongKeys = perSecond(settings.wrongKeys / MINUTE, MINUTE, ADDRESSES)

  /** Takes from the bucket if it holds so much; else says why not. */
  const take = (limiter: Limiter, reason: RefusalReason, name: string, cost: number): Refusal | undefined => {
    const at = now()
    const wait = limiter.wait(name, cost, at)
    if (wait > 0) {
      onRefused(reason, cost)
      return refusalOf(reason, wait)
    }
    limiter.take(name, cost, at)
    return undefined
  }

  const floods = ({ key }: ChargedRequest, inputs: readonly EventInput[]): Map<string, Refusal> => {
    const counts = new Map<string, number>()
    for (const input of inputs) counts.set(nameOf(input), (counts.get(nameOf(input)) ?? 0) + 1)
    const refused = new Map<string, Refusal>()
    for (const [name, count] of counts) {
      const refusal = take(perCustomer, 'events-per-customer', `${key.workspaceId}/${name}`, count)
      if (refusal) refused.set(name, refusal)
    }
    return refused
  }

  /** From the operator's own machine only the workspace's limit counts: nobody else can sign up there. */
  const signUpRefusal = ({ client, key }: ChargedRequest): Refusal | undefined => {
    if (!client.isLocal) {
      const name = client.limitedAs
      const refusal = take(signUpsPerAddress, 'sign-ups-per-address', name, 1)
      if (refusal) return refusal
    }
    return take(signUps, 'sign-ups', key.workspaceId, 1)
  }

  return {
    charge: ({ client, key }, events) => {
      if (client.isLocal) return
      // The address first: what one address sends in vain must not use up what all others may send with the same key.
      const refusal =
        (key.kind === 'write'
          ? take(perAddress, 'events-per-address', client.limitedAs, events)
          : undefined) ?? take(perKey, 'events-per-key', key.id, events)
      if (refusal) throw errorOf(refusal)
    },
    refusalsOf: (request, inputs) => {
      if (request.key.kind === 'secret') return NONE
      const flooded = request.client.isLocal ? undefined : floods(request, inputs)
      let refused: Map<number, Refusal> | undefined
      for (const [place, input] of inputs.entries()) {
        const refusal = flooded?.get(nameOf(input)) ?? (isSignUp(input) ? signUpRefusal(request) : undefined)
        if (refusal) (refused ??= new Map()).set(place, refusal)
      }
      return refused ?? NONE
    },
    expectFewWrongKeys: (client) => {
      if (client.isLocal) return
      const wait = wrongKeys.wait(client.limitedAs, 1, now())
      if (wait <= 0) return
      onRefused('wrong-keys', 1)
      throw errorOf(refusalOf('wrong-keys', wait))
    },
    countWrongKey: (client) => {
      if (!client.isLocal) wrongKeys.take(client.limitedAs, 1, now())
    },
  }
}
