import type { Ciclo, CicloOptions, ConsentState, StubCall } from '../ciclo.ts'
import type { EventContext, TrackerEvent } from '../trackerEvent.ts'
import type { Capture } from './capture.ts'
import { capturePages } from './capture/capturePages.ts'
import { createDelivery } from './createDelivery.ts'
import type { Delivery } from './createDelivery.ts'
import { createMessageId } from './createId.ts'
import { createIdentity } from './createIdentity.ts'
import type { Identity } from './createIdentity.ts'
import { createQueue } from './createQueue.ts'
import type { Queue } from './createQueue.ts'
import { guard, warn } from './guard.ts'
import { isPassiveTrackingRefused } from './isPassiveTrackingRefused.ts'
import { readCall } from './readCall.ts'
import { readContext } from './readContext.ts'
import { sendInTime } from './sendInTime.ts'
import { takeParameter } from './takeParameter.ts'
import { listKeys, readItem, removeItem, writeItem } from './storage.ts'

const OPT_OUT_KEY = 'ciclo.out'
/** Calls that wait for consent. The oldest goes when there are more. */
const MAX_HELD = 500

interface Running {
  identity: Identity
  queue: Queue
  delivery: Delivery
  /** The proof that a click in one of our mails has brought, until it is sent. */
  visitToken: string | null
}

type Work = (running: Running) => void
type Listener = (heard: unknown) => void

/**
 * `captures` are what is watched besides page views; `defaultHost` is where events go when `init` does not say. Touches
 * no DOM before `init` or the first call.
 */
export const createTracker = (captures: readonly Capture[], defaultHost?: string): Ciclo => {
  const ciclo = {} as Ciclo
  let running: Running | undefined
  let state: ConsentState = 'pending'
  let held: Work[] = []
  /** What was asked for before `init`. */
  const early: Work[] = []
  const listeners = new Set<readonly [wanted: string, listener: Listener]>()
  const hear = (wanted: string, listener: Listener) => {
    const entry = [wanted, guard(listener)] as const
    listeners.add(entry)
    return () => listeners.delete(entry)
  }
  const tell = (name: string, heard?: unknown) =>
    listeners.forEach(([wanted, listener]) => wanted === name && listener(heard))
  const isAllowed = () => state === 'granted'

  /** Nothing that would read, store or send something happens before the visitor has agreed. Order is kept. */
  const whenAllowed = (work: Work) => {
    if (running && isAllowed()) guard(work)(running)
    else if (state === 'pending') held = [...held, work].slice(-MAX_HELD)
  }
  const whenStarted = (work: Work) => {
    if (running) guard(work)(running)
    else early.push(work)
  }

  /** Time and page are those of the call; the identity is that of the moment when the event passes. */
  const record = (
    type: TrackerEvent['type'],
    complete: (identity: Identity, context: EventContext) => Partial<TrackerEvent>,
  ) => {
    const now = Date.now()
    const draft = { type, messageId: createMessageId(), timestamp: new Date(now).toISOString() }
    const page = readContext()
    whenAllowed((current) => {
      const { identity, queue, delivery, visitToken } = current
      const fields = complete(identity, page)
      const context: EventContext = {
        ...page,
        ...identity.visit(now),
        ...fields.context,
        // Once is enough: then the server knows the browser.
        ...(visitToken && { visitToken }),
      }
      current.visitToken = null
      const event: TrackerEvent = { ...draft, ...identity.ids(), ...fields, context }
      queue.add(event)
      delivery.flush()
      tell(type, event)
      tell('*', event)
    })
  }

  const consent = (wanted: ConsentState | boolean) =>
    whenStarted((current) => {
      const { identity, queue, delivery } = current
      const isNo = wanted === false || wanted === 'denied' || readItem(OPT_OUT_KEY)
      // Whatever is neither a clear yes nor a clear no waits.
      state = isNo ? 'denied' : wanted === true || wanted === 'granted' ? 'granted' : 'pending'
      if (state === 'pending') return
      const waiting = held
      held = []
      if (isAllowed()) {
        waiting.forEach((work) => guard(work)(current))
        // Sends also what an earlier visit left behind.
        delivery.flush()
        return
      }
      queue.remove()
      identity.clear()
      listKeys('ciclo.').forEach((key) => key === OPT_OUT_KEY || removeItem(key))
      tell('withdrawal')
    })

  /** A call whose first value is the name or id that it cannot do without. */
  const named =
    (
      type: TrackerEvent['type'],
      complete: (
        names: readonly string[],
        bag: Record<string, unknown>,
        identity: Identity,
      ) => Partial<TrackerEvent>,
    ) =>
    (...values: unknown[]) => {
      const { names, bag } = readCall(values)
      if (names[0]) record(type, (identity) => complete(names, bag, identity))
      else warn(`${type} needs a name`)
    }

  const calls = {
    init(options: CicloOptions) {
      const { writeKey, path = '/v1/batch' } = options
      if (running || !writeKey) return warn(running ? 'init was called again' : 'init needs a writeKey')
      const host = (options.host ?? defaultHost ?? '').replace(/\/+$/, '')
      const identity = createIdentity(options.cookieDomain)
      const queue = createQueue(writeKey)
      const delivery = createDelivery({
        url: host + path,
        writeKey,
        queue,
        isAllowed,
        onAnswer: (answer) => tell('answer', answer),
      })
      running = { identity, queue, delivery, visitToken: takeParameter('ciclo_visit') }
      consent(options.consent ?? 'pending')
      sendInTime(delivery)
      const tools = { ciclo, options, host, identity, isAllowed, whenAllowed, hear }
      for (const capture of [...captures, capturePages]) guard(capture)(tools)
      early.forEach(whenStarted)
    },

    page(...values: unknown[]) {
      if (isPassiveTrackingRefused()) return
      tell('seen')
      const { names, bag } = readCall(values)
      const name = names.pop()
      record('page', (_, { page }) => ({ name, category: names[0], properties: { ...page, ...bag } }))
    },

    identify(...values: unknown[]) {
      const { names, bag, options } = readCall(values)
      record('identify', (identity) => ({ traits: identity.identify(names[0], bag), context: options }))
    },

    track: named('track', ([event], properties) => ({ event, properties })),
    group: named('group', ([groupId], traits) => ({ groupId, traits })),
    alias: named('alias', ([userId, previousId], _, identity) => {
      const now = identity.ids()
      return { userId, previousId: previousId ?? now.userId ?? now.anonymousId }
    }),

    reset: () => whenAllowed(({ identity }) => identity.clear()),
    consent,
    optOut(isOut = true) {
      if (!isOut) return removeItem(OPT_OUT_KEY)
      writeItem(OPT_OUT_KEY, 1)
      consent(false)
    },
    ready: (callback: () => void) => whenStarted(() => callback()),
    on: hear,
    push(...values: StubCall[]) {
      for (const [method, ...rest] of values) {
        const call = ciclo[method as keyof Ciclo] as ((...rest: unknown[]) => void) | undefined
        if (call) call(...rest)
        else warn(`no call is named ${method}`)
      }
    },
  }

  for (const [name, call] of Object.entries(calls))
    Object.assign(ciclo, { [name]: guard(call as (...values: unknown[]) => unknown) })
  return ciclo
}
