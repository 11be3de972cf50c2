import { expect } from 'vitest'
import { settled } from './lookAt.ts'
import { openFilledStudio } from './openFilledStudio.ts'
import type { PageLook } from './openStudio.ts'

type Json = Record<string, unknown>

export const thanks = {
  kind: 'send',
  id: 'thanks',
  template: 'order-confirmation',
  purpose: 'transactional',
}
export const more = { kind: 'send', id: 'more', template: 'welcome', purpose: 'marketing' }
export const delay = (id: string, duration: string) => ({ kind: 'delay', id, duration })
export const done = { kind: 'end', id: 'done' }

export const journeyOf = (id: string, steps: readonly object[], rest: object = {}) => ({
  id,
  name: `Hello ${id}`,
  trigger: { kind: 'event', name: 'Order Completed' },
  reentry: { kind: 'always' },
  steps,
  ...rest,
})

const STEPS = [thanks, delay('two-days', '2d'), more, delay('rest', '20d'), done]

/** A studio whose shop has customers who buy when they are told to, and so come into journeys. */
export async function openJourneyStudio() {
  const studio = await openFilledStudio()
  let orders = 0
  const ask = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const response = await fetch(`${studio.server.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${studio.server.secretKey}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { httpStatus: response.status, ...((await response.json()) as Json) }
  }
  return {
    ...studio,
    /** Asks the API, and says the status beside the answer. */
    ask,
    publish: async (id: string, steps: readonly object[] = STEPS): Promise<void> => {
      expect(await ask('POST', '/journeys', journeyOf(id, steps))).toMatchObject({ httpStatus: 200 })
      expect(await ask('POST', `/journeys/${id}/publish`, {})).toMatchObject({ status: 'live' })
    },
    /** The first of the shop's customers buy something now. */
    buy: (count: number) =>
      studio.server.api.send(
        Array.from({ length: count }, (_, place) => {
          orders += 1
          return {
            type: 'track',
            userId: `customer-${place + 1}`,
            event: 'Order Completed',
            messageId: `panels-${orders}`,
            timestamp: new Date(studio.server.api.now()).toISOString(),
            properties: { order_id: `panels-${orders}`, total: 20, currency: 'EUR' },
          }
        }),
      ),
    openSettled: async (path: string, look: PageLook = {}) => {
      const page = await studio.open(path, look)
      await settled(page)
      return page
    },
  }
}

export type JourneyStudio = Awaited<ReturnType<typeof openJourneyStudio>>
