import type { Ciclo, CicloOptions, ConsentState, StubCall } from '../ciclo.ts'
import type { EventContext, TrackerEvent } from '../trackerEvent.ts'
import { captureClicks } from './capture/captureClicks.ts'
import { captureForms } from './capture/captureForms.ts'
import { capturePages } from './capture/capturePages.ts'
import { createCalls } from './createCalls.ts'
import type { RecordEvent } from './createCalls.ts'
import { createDelivery } from './createDelivery.ts'
import type { Delivery } from './createDelivery.ts'
import { createGate } from './createGate.ts'
import { createMessageId } from './createId.ts'
import { createIdentity } from './createIdentity.ts'
import type { Identity } from './createIdentity.ts'
import { createListeners } from './createListeners.ts'
import { createQueue } from './createQueue.ts'
import type { Queue } from './createQueue.ts'
import { guard, warn } from './guard.ts'
import { readContext } from './readContext.ts'
import { sendInTime } from './sendInTime.ts'
import { takeVisit } from './takeVisit.ts'
import { listKeys, readItem, removeItem, writeItem } from './storage.ts'

const OPT_OUT_KEY = 'ciclo.out'

interface Running {
  identity: Identity
  queue: Queue
  delivery: Delivery
  /** The proof that a click in a mail has brought, until it is sent. */
  visit: Pick<EventContext, 'visitToken'>
}

/** Whatever is neither a clear yes nor a clear no is `pending`. */
const readConsent = (wanted: ConsentState | boolean): ConsentState => {
  if (wanted === false || wanted === 'denied' || readItem(OPT_OUT_KEY)) return 'denied'
  return wanted === true || wanted === 'granted' ? 'granted' : 'pending'
}

/** `defaultHost` is where events go when `init` does not say. Touches no DOM before `init` or the first call. */
export const createTracker = (defaultHost?: string): Ciclo => {
  const gate = createGate()
  const listeners = createListeners()
  let running: Running | undefined
  /** What was asked for before `init`. */
  const early: (() => void)[] = []

  /** Time and page are those of the call; the identity is that of the moment when the event passes the gate. */
  const record: RecordEvent = (type, fields, complete) => {
    const draft = {
      type,
      messageId: createMessageId(),
      timestamp: new Date().toISOString(),
      context: readContext(),
    }
    gate.pass(
      guard(() => {
        if (!running) return
        const { identity, queue, delivery } = running
        const completed = complete?.(identity)
        // Once is enough: then the server knows the browser.
        const context = { ...draft.context, ...fields.context, ...running.visit }
        running.visit = {}
        const event: TrackerEvent = { ...draft, ...identity.current(), ...fields, ...completed, context }
        queue.add(event)
        delivery.flush()
        listeners.tell(event)
      }),
    )
  }
  const { track, page, identify, group, alias } = createCalls(record)

  const forget = ({ queue, identity }: Running) => {
    queue.clear()
    identity.clear()
    listKeys('ciclo.').forEach((key) => {
      if (key !== OPT_OUT_KEY) removeItem(key)
    })
  }

  const consent = (wanted: ConsentState | boolean) => {
    if (!running) {
      early.push(() => consent(wanted))
      return
    }
    const state = readConsent(wanted)
    gate.set(state)
    if (state === 'denied') forget(running)
    // Sends also what an earlier visit left behind.
    if (state === 'granted') running.delivery.flush()
  }

  const init = (options: CicloOptions) => {
    if (running) {
      warn('init was called again, which changes nothing')
      return
    }
    const { writeKey, path = '/v1/batch', cookieDomain } = options
    if (!writeKey) {
      warn(`init needs a writeKey, but was given ${JSON.stringify(writeKey)}`)
      return
    }
    const host = (options.host ?? defaultHost ?? location.origin).replace(/\/+$/, '')
    const queue = createQueue(writeKey)
    const delivery = createDelivery({ url: host + path, writeKey, queue, isAllowed: gate.isOpen })
    running = { identity: createIdentity(cookieDomain), queue, delivery, visit: takeVisit() }
    consent(options.consent ?? 'pending')
    sendInTime(delivery)
    if (options.pages !== false) capturePages(page)
    if (options.clicks !== false) captureClicks(track)
    if (options.forms !== false) captureForms({ identify, track })
    early.forEach((call) => guard(call)())
  }

  const ciclo: Ciclo = {
    init: guard(init),
    page: guard(page),
    track: guard(track),
    identify: guard(identify),
    group: guard(group),
    alias: guard(alias),
    reset: guard(() => gate.pass(() => running?.identity.clear())),
    consent: guard(consent),
    optOut: guard((out = true) => {
      if (out) {
        writeItem(OPT_OUT_KEY, '1')
        consent('denied')
      } else removeItem(OPT_OUT_KEY)
    }),
    ready: guard((callback: () => void) => {
      if (running) callback()
      else early.push(callback)
    }),
    on: (type, listener) => listeners.add(type, listener),
    push: guard((...calls: StubCall[]) => {
      for (const [method, ...values] of calls) {
        const call: unknown = Reflect.get(ciclo, method)
        if (typeof call === 'function') Reflect.apply(call, ciclo, values)
        else warn(`there is no call named ${JSON.stringify(method)}`)
      }
    }),
  }
  return ciclo
}
