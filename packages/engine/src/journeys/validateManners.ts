import { canonicalName } from '../canonicalName.ts'
import { durationText } from '../duration.ts'
import { isMarketing, type Journey } from './journey.ts'
import { journeyGraph, leastTimes } from './journeyGraph.ts'
import { journeyProblem, type JourneyPlace, type JourneyProblem } from './journeyProblem.ts'
import type { JourneyWorld } from './journeyWorld.ts'

const placeOf = (position: number, id: string, ...names: string[]): JourneyPlace => ({
  path: ['steps', position, ...names],
  step: id,
})

/** Whether each code is shown by a mail, and can still be used then. A run has one code at a time: the last. */
function checkCoupons(journey: Journey): JourneyProblem[] {
  const graph = journeyGraph(journey)
  return journey.steps.flatMap((step, position) => {
    if (step.kind !== 'coupon') return []
    const times = leastTimes(graph, step.id, ({ kind }) => kind === 'coupon')
    const mails = journey.steps.filter(({ id, kind }) => kind === 'send' && times.has(id))
    if (mails.length === 0) {
      return [
        journeyProblem(
          'unused-coupon',
          placeOf(position, step.id),
          'a code that no mail shows',
          'a mail after it',
        ),
      ]
    }
    const { validFor } = step
    if (validFor === undefined) return []
    return mails.flatMap(({ id }) => {
      const time = times.get(id) ?? 0
      if (time < validFor) return []
      const given = `${durationText(validFor)}, and the mail '${id}' at least ${durationText(time)} later`
      return [
        journeyProblem(
          'coupon-expired',
          placeOf(position, step.id, 'validFor'),
          given,
          `more than ${durationText(time)}`,
        ),
      ]
    })
  })
}

/** Whether what a marketing journey sends later can be stopped by what it was sent for. */
function checkExits(journey: Journey): JourneyProblem[] {
  if (!isMarketing(journey) || journey.goal || journey.exits.length > 0) return []
  const graph = journeyGraph(journey)
  const times = leastTimes(graph, graph.start, () => false)
  const isLater = journey.steps.some(
    ({ id, kind }) =>
      kind === 'send' && id !== graph.start && graph.steps.has(id) && (times.get(id) ?? 0) > 0,
  )
  if (!isLater) return []
  const place = { path: ['exits'], step: null }
  return [
    journeyProblem(
      'no-exit',
      place,
      'marketing mails over time, and nothing that ends them',
      'an exit or a goal',
    ),
  ]
}

/** What a visit to a shop consists of. */
const FREQUENT: ReadonlySet<string> = new Set([
  'Products Searched',
  'Product List Viewed',
  'Product List Filtered',
  'Promotion Viewed',
  'Promotion Clicked',
  'Product Clicked',
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Email Sent',
  'Email Opened',
  'Email Link Clicked',
])

function checkFrequency(
  { trigger, reentry, steps }: Journey,
  { hasCap = false }: JourneyWorld,
): JourneyProblem[] {
  if (trigger.kind !== 'event' || reentry.kind !== 'always') return []
  const { type, name } = trigger
  const isFrequent = type !== 'track' || name === undefined || FREQUENT.has(canonicalName(name))
  // No cap holds back what is transactional.
  const isUncapped = steps.some(
    (step) => step.kind === 'send' && (!hasCap || step.purpose === 'transactional'),
  )
  if (!isFrequent || !isUncapped) return []
  const given = `always, with mails on every '${name ?? type}' and no frequency cap`
  return [
    journeyProblem('frequent-entry', { path: ['reentry'], step: null }, given, 'after a duration, or a cap'),
  ]
}

/** What is possible, and hardly meant. */
export const validateManners = (journey: Journey, world: JourneyWorld): JourneyProblem[] => [
  ...checkCoupons(journey),
  ...checkExits(journey),
  ...checkFrequency(journey, world),
]
