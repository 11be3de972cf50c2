import { describe, expect, it } from 'vitest'
import { JourneySchema, SHIPPED_JOURNEYS } from '../src/index.ts'

const send = { kind: 'send', id: 'mail', template: 'welcome', purpose: 'marketing' }
const delay = { kind: 'delay', id: 'wait', duration: 1 }
const valid = {
  id: 'welcome',
  version: 1,
  name: 'Welcome',
  trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
  reentry: { kind: 'never' },
  steps: [send],
}
const pending = { kind: 'transition', region: 'permission', to: 'pending' }
const claim = { ...send, purpose: 'transactional', to: 'claim' }

describe('a journey’s definition', () => {
  it.each(SHIPPED_JOURNEYS.map((journey) => [journey.id, journey]))(
    'is valid as shipped: %s',
    (_id, journey) => {
      expect(JourneySchema.parse(journey)).toEqual(journey)
    },
  )

  it('goes to the customer where a step does not say to whom', () => {
    expect(JourneySchema.parse(valid).steps).toEqual([{ ...send, to: 'customer' }])
  })

  it('may send to a claim what confirms it', () => {
    expect(JourneySchema.safeParse({ ...valid, trigger: pending, steps: [delay, claim] }).success).toBe(true)
  })

  it('starts by any segment that can be saved', () => {
    const trigger = { kind: 'segment', segment: 'Keen_2', to: 'in' }
    expect(JourneySchema.parse({ ...valid, trigger }).trigger).toEqual(trigger)
  })

  it.each<[place: string, message: RegExp, definition: object]>([
    ['id', /hyphens/, { ...valid, id: 'Welcome back' }],
    ['id', /another word/, { ...valid, id: 'constructor' }],
    ['version', /number/, { ...valid, version: 0 }],
    ['name', />=1/, { ...valid, name: '' }],
    ['trigger.kind', /transition/, { ...valid, trigger: { ...pending, kind: 'event' } }],
    ['trigger.region', /stage/, { ...valid, trigger: { ...pending, region: 'weather' } }],
    ['trigger.to', /a state of that region/, { ...valid, trigger: { ...pending, to: 'vip' } }],
    ['trigger.segment', /64 letters/, { ...valid, trigger: { kind: 'segment', segment: 'a|b', to: 'in' } }],
    ['reentry.kind', /Invalid/, { ...valid, reentry: { kind: 'sometimes' } }],
    ['reentry.duration', /number/, { ...valid, reentry: { kind: 'after' } }],
    ['steps', />=1/, { ...valid, steps: [] }],
    ['steps', /every step id once/, { ...valid, steps: [send, delay, { ...delay }] }],
    ['steps.1.id', /hyphens/, { ...valid, steps: [send, { ...delay, id: 'a/b' }] }],
    ['steps.1.duration', />0/, { ...valid, steps: [send, { ...delay, duration: -1 }] }],
    ['steps.0.purpose', /marketing/, { ...valid, steps: [{ ...send, purpose: 'spam' }] }],
    ['steps.0.template', /hyphens/, { ...valid, steps: [{ ...send, template: '../secret' }] }],
    ['steps.1.kind', /Invalid/, { ...valid, steps: [send, { kind: 'dance', id: 'x' }] }],
    ['steps.1.to', /from permission to pending/, { ...valid, steps: [delay, claim] }],
    [
      'steps.0.to',
      /only a transactional mail/,
      { ...valid, trigger: pending, steps: [{ ...claim, purpose: 'marketing' }] },
    ],
  ])('is refused at %s, saying %s', (place, message, definition) => {
    const { error } = JourneySchema.safeParse(definition)
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([place])
    expect(error?.issues[0]?.message).toMatch(message)
  })
})
