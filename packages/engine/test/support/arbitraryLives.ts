import fc from 'fast-check'
import type { z } from 'zod'
import {
  compileRules,
  JourneySchema,
  ownEvent,
  SettingsSchema,
  type EventInput,
  type Input,
  type Journey,
  type JourneyStatus,
  type Rules,
  type SegmentRule,
} from '../../src/index.ts'
import { arbitraryForwardJourney } from './arbitraryJourney.ts'
import { arbitraryRule } from './arbitraryRules.ts'
import { arbitraryInputs, ARRIVAL } from './histories.ts'
import { DAY, eventInput, HOUR, START } from './inputs.ts'
import { address, subscribe } from './story.ts'

/** What drawn journeys start and end. */
const IDS = ['tested', 'other', 'another']

/** With a round instead of the end, of so many days. */
function circled(journey: Journey, days: number): Journey {
  const goingOn = (target: string | undefined) => (target === 'end' ? 'round' : target)
  const steps = journey.steps.map((step) => {
    if (step.kind === 'branch') return { ...step, otherwise: goingOn(step.otherwise) }
    return 'next' in step ? { ...step, next: goingOn(step.next) } : step
  })
  const [first] = journey.steps
  const round = { kind: 'delay', id: 'round', duration: days * DAY, next: first?.id }
  return JourneySchema.parse({ ...journey, steps: [...steps, round] })
}

/** A schedule asks from outside: here a request does. */
const trigger = (journey: Journey): Journey['trigger'] =>
  journey.trigger.kind === 'schedule' ? { kind: 'api' } : journey.trigger

const EVENTS = ['Product Added', 'Order Completed', 'Something Else'] as const

/** Something that is left out half of the time: with all that may be drawn nobody would come far. */
const rarely = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined, freq: 2 })

/** Journeys that end, or go round, and are mostly started by what happens often in the lives. */
const arbitraryTried = arbitraryForwardJourney.chain((drawn) =>
  fc
    .record({
      round: fc.constantFrom(null, null, 7, 30),
      event: fc.option(fc.constantFrom(...EVENTS), { freq: 4 }),
      entry: rarely(drawn.entry),
      exits: rarely(drawn.exits),
      goal: rarely(drawn.goal),
      exclusion: rarely(drawn.exclusion),
      holdOut: rarely(drawn.holdOut),
      reentry: rarely(drawn.reentry),
    })
    .map(({ round, event, reentry, ...changes }) => {
      const known = JourneySchema.parse({
        ...drawn,
        ...changes,
        reentry: reentry ?? { kind: 'always' },
        trigger: event === null ? trigger(drawn) : { kind: 'event', name: event },
      })
      return round === null ? known : circled(known, round)
    }),
)

/** Journeys that start and end each other, in two versions each, and a segment. */
export interface Shop {
  first: readonly Journey[]
  second: readonly Journey[]
  keen: SegmentRule
}

export const arbitraryShop: fc.Arbitrary<Shop> = fc
  .record({
    first: fc.tuple(arbitraryTried, arbitraryTried, arbitraryTried),
    second: fc.tuple(arbitraryTried, arbitraryTried, arbitraryTried),
    keen: arbitraryRule,
  })
  .map(({ first, second, keen }) => {
    const named = (drawn: readonly Journey[]) => drawn.map((one, place) => ({ ...one, id: IDS[place] ?? '' }))
    return { first: named(first), second: named(second), keen }
  })

/** The rules while a shop's first versions are live, while they are paused, and when the second have gone live. */
export function rulesOf({ first, second, keen }: Shop, settings: z.input<typeof SettingsSchema> = {}) {
  const compile = (version: number, ...statuses: JourneyStatus[]): Rules =>
    compileRules({
      version,
      settings: SettingsSchema.parse({ currency: 'EUR', ...settings }),
      segments: [{ id: 'keen', rule: keen, isLive: true }],
      journeys: statuses.flatMap((status, place) =>
        (place === 0 ? first : second).map((definition) => ({ definition, version: place + 1, status })),
      ),
    })
  return {
    live: compile(1, 'live', 'finishing'),
    paused: compile(2, 'paused', 'finishing'),
    edited: compile(3, 'finishing', 'live'),
  }
}

/** With mails that never come too late. */
export const inTime = (shop: Shop): Shop => ({
  ...shop,
  first: shop.first.map((journey) => ({
    ...journey,
    steps: journey.steps.map((step) => (step.kind === 'send' ? { ...step, expiresAfter: undefined } : step)),
  })),
})

/** Something that somebody does to journeys, or the mail server to a mail. */
export type Deed =
  | { kind: 'input'; input: Input }
  | { kind: 'rules'; rules: 'live' | 'paused' | 'edited' }
  | { kind: 'send' }
  | { kind: 'request'; journey: string; id: string; delay: number; key: string | null }
  | { kind: 'remove'; which: number }
  | { kind: 'move'; which: number; step: number }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('rules'), rules: fc.constantFrom('live', 'paused', 'edited') }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'send' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('request'),
      journey: fc.constantFrom(...IDS),
      id: fc.string({ minLength: 4, maxLength: 4, unit: fc.constantFrom('a', 'b', 'c', 'd') }),
      delay: fc.constantFrom(0, 0, DAY, 20 * DAY),
      key: fc.constantFrom(null, 'o1', 'c3'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), which: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('move'), which: fc.nat(3), step: fc.nat(8) }),
  },
) as fc.Arbitrary<Deed>

const happening = fc
  .record({
    day: fc.integer({ min: 0, max: 160 }).map((quarter) => quarter / 4),
    name: fc.constantFrom(...EVENTS),
    which: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ day, name, which }) =>
    eventInput({
      day,
      name,
      userId: 'u1',
      properties: {
        ...(name === 'Order Completed'
          ? { order_id: `o${which}`, total: 20 }
          : { product_id: `p${which}`, price: 5 }),
        ...(which < 3 ? { cart_id: `c${which}` } : {}),
      },
    }),
  )

/** A customer who can be written to, and to whom much happens, in any order of arrival. */
const arbitraryLife: fc.Arbitrary<Input[]> = fc
  .record({
    known: fc.option(fc.constant([address(0), subscribe(0)]), { nil: [], freq: 5 }),
    often: fc.array(happening, { minLength: 2, maxLength: 12, size: 'max' }),
    any: fc.array(arbitraryInputs, { minLength: 1, maxLength: 3, size: 'max' }),
    turns: fc.array(fc.nat(10), { minLength: 12, maxLength: 12 }),
  })
  .map(({ known, often, any, turns }) => {
    const mixed: Input[] = any.flat()
    for (const [place, event] of often.entries()) mixed.splice(turns[place] ?? 0, 0, event)
    // Every id once, as receipts make sure.
    return [...known, ...mixed].map((input, place) =>
      input.kind === 'event' ? { ...input, id: `${input.id}-${String(place).padStart(3, '0')}` } : input,
    )
  })

/** Events in any order of arrival, and what else is done to runs in between. */
export const arbitraryDeeds: fc.Arbitrary<Deed[]> = fc
  .tuple(arbitraryLife, fc.array(fc.tuple(deed, fc.nat(1_000)), { maxLength: 20, size: 'max' }))
  .map(([inputs, deeds]) => {
    const all: { deed: Deed; turn: number }[] = inputs.map((input, place) => ({
      deed: { kind: 'input', input },
      turn: (place * 1_000) / Math.max(inputs.length, 1),
    }))
    const seen = new Set<string>()
    for (const [one, turn] of deeds) {
      if (one.kind === 'request' && seen.has(one.id)) continue
      if (one.kind === 'request') seen.add(one.id)
      all.push({ deed: one, turn })
    }
    return all.toSorted((one, other) => one.turn - other.turn).map((one) => one.deed)
  })

/**
 * Events told when they happen, in their order, an hour apart where they met. Their ids come before Ciclo's own: a
 * simulated mail leaves at the very instant of what has asked for it, and only with such an id it is not told late.
 */
export const arbitraryPunctual: fc.Arbitrary<EventInput[]> = arbitraryLife.map((inputs) => {
  let last = START
  return inputs
    .flatMap((input) => (input.kind === 'event' && input.source !== 'import' ? [input] : []))
    .toSorted((one, other) => one.at - other.at)
    .map((input) => {
      last = Math.max(input.at, last + HOUR)
      return { ...input, id: `a-${input.id}`, at: last, receivedAt: last }
    })
})

export const request = (journey: string, id: string, at: number, more: object = {}): EventInput =>
  ownEvent(id, at, 'Journey Requested', { journey, because: 'api', ...more })

export const THE_END = ARRIVAL
