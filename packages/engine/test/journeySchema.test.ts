import { describe, expect, it } from 'vitest'
import { JourneySchema } from '../src/index.ts'
import { DAY, HOUR } from './support/inputs.ts'

const send = { kind: 'send', id: 'mail', template: 'welcome', purpose: 'marketing' }
const delay = { kind: 'delay', id: 'wait', duration: 1 }
const wait = { kind: 'wait', id: 'ordered', for: { kind: 'event', name: 'Order Completed' }, timeout: '1d' }
const split = (...to: string[]) => ({
  kind: 'split',
  id: 'split',
  ways: to.map((target) => ({ weight: 1, to: target })),
})
const valid = {
  id: 'welcome',
  name: 'Welcome',
  trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
  reentry: { kind: 'never' },
  steps: [send],
}
const pending = { kind: 'transition', region: 'permission', to: 'pending' }
const claim = { ...send, purpose: 'transactional', to: 'claim' }

describe('a journey’s definition', () => {
  it('says what is left out in it', () => {
    expect(JourneySchema.parse(valid)).toEqual({
      ...valid,
      reentry: { kind: 'never', per: 'key' },
      repeat: 'ignore',
      holdOut: 0,
      exits: [],
      steps: [{ ...send, to: 'customer', onCap: 'postpone' }],
    })
  })

  it('is the same again when it is read again', () => {
    const once = JourneySchema.parse(valid)
    expect(JourneySchema.parse(JSON.parse(JSON.stringify(once)))).toEqual(once)
  })

  it.each([
    [1, 1],
    ['30m', HOUR / 2],
    ['4h', 4 * HOUR],
    ['2d', 2 * DAY],
    ['1w', 7 * DAY],
  ])('takes %j for a duration', (duration, expected) => {
    expect(JourneySchema.parse({ ...valid, steps: [{ ...delay, duration }] }).steps).toEqual([
      { ...delay, duration: expected },
    ])
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
    ['name', />=1/, { ...valid, name: '' }],
    ['trigger.kind', /transition/, { ...valid, trigger: { ...pending, kind: 'moon' } }],
    ['trigger.to', /entered \(to\) or left \(from\)/, { ...valid, trigger: { ...pending, to: undefined } }],
    ['trigger.from', /a state of that region/, { ...valid, trigger: { ...pending, from: 'vip' } }],
    ['trigger.region', /stage/, { ...valid, trigger: { ...pending, region: 'weather' } }],
    ['trigger.to', /a state of that region/, { ...valid, trigger: { ...pending, to: 'vip' } }],
    ['trigger.segment', /64 letters/, { ...valid, trigger: { kind: 'segment', segment: 'a|b', to: 'in' } }],
    ['reentry.kind', /Invalid/, { ...valid, reentry: { kind: 'sometimes' } }],
    ['reentry.duration', /a duration/, { ...valid, reentry: { kind: 'after' } }],
    ['steps', />=1/, { ...valid, steps: [] }],
    ['steps', /every step id once/, { ...valid, steps: [send, delay, { ...delay }] }],
    ['steps.1.id', /hyphens/, { ...valid, steps: [send, { ...delay, id: 'a/b' }] }],
    ['steps.1.duration', /a duration/, { ...valid, steps: [send, { ...delay, duration: -1 }] }],
    ['steps.1.duration', /such as 30m/, { ...valid, steps: [send, { ...delay, duration: '2 days' }] }],
    ['steps.1.next', /the id of a step, or end/, { ...valid, steps: [send, { ...delay, next: 'nowhere' }] }],
    ['steps.1.id', /another word than 'end'/, { ...valid, steps: [send, { ...delay, id: 'end' }] }],
    ['steps.0.ways.1.to', /the id of a step/, { ...valid, steps: [split('end', 'nowhere')] }],
    ['steps.0.onTimeout', /the id of a step/, { ...valid, steps: [{ ...wait, onTimeout: 'nowhere' }] }],
    [
      'steps.0.for',
      /the key 'cart' or 'checkout'/,
      { ...valid, steps: [{ ...wait, for: { kind: 'cartClosed' } }] },
    ],
    ['exits.0.on', /the key 'cart'/, { ...valid, exits: [{ on: { kind: 'cartClosed' } }] }],
    [
      'steps.0.traits',
      /expected no 'email'/,
      { ...valid, steps: [{ kind: 'update', id: 'x', traits: { email: 'a@b.example' } }] },
    ],
    ['holdOut', /0.5/, { ...valid, holdOut: 0.6 }],
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
