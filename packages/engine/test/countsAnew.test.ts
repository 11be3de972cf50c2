import { expect, it } from 'vitest'
import { countsAnew, type Journey, type SegmentRule } from '../src/index.ts'
import { journeyOf } from './support/testJourneys.ts'

const DAY = 86_400_000

const asking = (entry?: SegmentRule): Journey =>
  journeyOf({
    id: 'asking',
    name: 'Asking',
    trigger: { kind: 'api' },
    reentry: { kind: 'always' },
    ...(entry ? { entry } : {}),
    steps: [{ kind: 'send', id: 'mail', template: 'welcome', purpose: 'marketing' }],
  })

const seen = (atLeast = 2, within: number | null = 7 * DAY, name?: string): SegmentRule => ({
  kind: 'event',
  type: 'track',
  ...(name === undefined ? {} : { name }),
  atLeast,
  within,
  where: [],
})
const shoes = (value: string): SegmentRule => ({
  ...(seen(1, null, 'Product Viewed') as Extract<SegmentRule, { kind: 'event' }>),
  where: [{ path: ['category'], condition: { operator: 'is', value } }],
})

it.each<[what: string, asked: SegmentRule | undefined, counted: SegmentRule | undefined, anew: boolean]>([
  ['no rule at all', undefined, undefined, false],
  ['what a customer is', { kind: 'reachable' }, undefined, false],
  ['an event that nobody counts', seen(1, null, 'A'), undefined, true],
  ['an event inside of others', { kind: 'not', rule: seen(1, null, 'A') }, undefined, true],
  ['the same event', seen(2, DAY, 'A'), seen(2, DAY, 'A'), false],
  ['fewer of it, in a shorter time', seen(1, DAY, 'A'), seen(2, 7 * DAY, 'A'), false],
  ['fewer of it, in a longer time: the latest are kept', seen(1, 30 * DAY, 'A'), seen(2, DAY, 'A'), false],
  ['more of it', seen(3, DAY, 'A'), seen(2, DAY, 'A'), true],
  ['when, of what is only counted', seen(1, DAY, 'A'), seen(1, null, 'A'), true],
  ['whether ever, of what is kept with its times', seen(1, null, 'A'), seen(1, DAY, 'A'), false],
  ['another event', seen(1, DAY, 'B'), seen(1, DAY, 'A'), true],
  ['any event, where one is counted', seen(1, DAY), seen(1, DAY, 'A'), true],
  ['one event, where any is counted', seen(1, DAY, 'A'), seen(1, DAY), true],
  ['the same properties', shoes('Shoes'), shoes('Shoes'), false],
  ['other properties', shoes('Hats'), shoes('Shoes'), true],
])('what is asked: %s', (_what, asked, counted, anew) => {
  const journey = asking(asked)
  const segment = counted && { id: 's', rule: counted, isLive: true }
  expect(countsAnew(journey, { segments: segment ? [segment] : [], journeys: [] })).toBe(anew)
  expect(countsAnew(journey, { segments: [], journeys: counted ? [asking(counted)] : [] })).toBe(anew)
})

it('looks at exits, goals, waits, ways and schedules, too', () => {
  const rule = seen(1, null, 'A')
  const on = { kind: 'condition', rule } as const
  const rest = { id: 'asking', name: 'Asking', reentry: { kind: 'always' } } as const
  const end = { kind: 'end', id: 'over' } as const
  const api = { kind: 'api' } as const
  const journeys = [
    journeyOf({ ...rest, trigger: api, exits: [{ on }], steps: [end] }),
    journeyOf({ ...rest, trigger: api, goal: { on, within: DAY }, steps: [end] }),
    journeyOf({ ...rest, trigger: api, steps: [{ kind: 'wait', id: 'wait', for: on, timeout: DAY }] }),
    journeyOf({
      ...rest,
      trigger: api,
      steps: [{ kind: 'branch', id: 'which', ways: [{ when: rule, to: 'end' }] }],
    }),
    journeyOf({ ...rest, trigger: { kind: 'schedule', every: { unit: 'day' }, rule }, steps: [end] }),
  ]
  for (const journey of journeys) {
    expect(countsAnew(journey, { segments: [], journeys: [] })).toBe(true)
    expect(countsAnew(journey, { segments: [], journeys: [asking(rule)] })).toBe(false)
  }
})
