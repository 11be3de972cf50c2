import { DAY, personalLimits, predictionAt, versionAt, type Customer, type Rules } from '@ciclo/engine'
import type { z } from 'zod'
import type { CustomerDetailSchema } from './apiSchemas.ts'
import { iso } from './iso.ts'

type Detail = z.infer<typeof CustomerDetailSchema>
type Standing = Pick<Detail, 'limits' | 'rfm' | 'prediction' | 'sources' | 'segments'>

const inDays = (duration: number) => Math.round((duration / DAY) * 100) / 100

const presentTouch = (touch: Customer['touches']['first']) => touch && { ...touch, at: iso(touch.at) }

/**
 * What the shop's orders together say of a customer at an instant. The prediction is of that instant, not of the last
 * refresh. Of segments that are deleted something may still stand in the state: `segmentNames` has those that are not.
 */
export function presentStanding(
  customer: Customer,
  { versions }: Rules,
  segmentNames: ReadonlyMap<string, string>,
  at: number,
): Standing {
  const version = versionAt(versions, at)
  const limits = personalLimits(customer.figures, version.settings, version.population?.gaps ?? null)
  const prediction = predictionAt(customer.figures, version, at)
  const { rfm, touches, segments } = customer
  return {
    limits: {
      ...limits,
      atRisk: inDays(limits.atRisk),
      lapsed: inDays(limits.lapsed),
      lost: inDays(limits.lost),
      expectedGap: limits.expectedGap === null ? null : inDays(limits.expectedGap),
    },
    rfm: rfm && {
      ...rfm,
      since: iso(rfm.since),
      previous: rfm.previous && { ...rfm.previous, until: iso(rfm.previous.until) },
    },
    prediction: prediction && {
      alive: prediction.alive,
      orders: prediction.orders,
      spend: prediction.spend,
      currency: prediction.currency,
      lifetimeValue: prediction.lifetimeValue,
      nextOrderAt: prediction.nextOrderAt === null ? null : iso(prediction.nextOrderAt),
      basis: { ...prediction.basis, fittedAt: iso(prediction.basis.fittedAt) },
    },
    sources: { first: presentTouch(touches.first), last: presentTouch(touches.last) },
    segments: Object.entries(segments).flatMap(([id, since]) => {
      const name = segmentNames.get(id)
      return name === undefined ? [] : [{ id, name, since: iso(since) }]
    }),
  }
}
