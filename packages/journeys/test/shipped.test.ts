import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileJourney, validateJourney, type Journey, type JourneyWorld } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import { FIRST_JOURNEYS, loadShippedJourneys, readJourneyText, writeJourneyText } from '../src/index.ts'
import { FixtureSchema, type Fixture } from '../src/fixtureSchema.ts'
import { readYaml } from '../src/readYaml.ts'

const inFolder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const EMAILS = inFolder('../../templates/emails/')
const FIXTURES = inFolder('../fixtures/')

const shipped = loadShippedJourneys()
const byId = new Map(shipped.map((journey) => [journey.id, journey]))
const sends = ({ steps }: Pick<Journey, 'steps'>) =>
  steps.flatMap((step) => (step.kind === 'send' ? [step] : []))
const isMarketing = (journey: Journey) => sends(journey).every(({ purpose }) => purpose === 'marketing')
const text = JSON.stringify

const WORLD: JourneyWorld = {
  templates: new Map(
    readdirSync(EMAILS).map((name) => {
      const files = readdirSync(`${EMAILS}${name}`)
      return [name, new Set(files.flatMap((file) => (/^(..)\.json$/.exec(file) ?? []).slice(1)))]
    }),
  ),
  locales: ['en', 'es', 'pl', 'ro'],
  segments: new Set(),
  journeys: byId,
  pools: new Set(),
  events: new Set(['Some Event']),
  traits: new Set(['some']),
}

function fixtureOf(id: string): Fixture {
  const read = readYaml(readFileSync(`${FIXTURES}${id}.yaml`, 'utf8'))
  return FixtureSchema.parse('value' in read ? read.value : null)
}

describe('the shipped journeys', () => {
  it('are these', () => {
    expect(shipped.map(({ id }) => id)).toEqual([
      'at-risk',
      'back-in-stock',
      'birthday',
      'browse-abandonment',
      'cart-abandonment',
      'checkout-abandonment',
      'cross-sell',
      'first-order-offer',
      'inactive-prospect',
      'no-return',
      'opt-in-confirmation',
      'order-confirmation',
      'order-delivered',
      'order-late',
      'order-ready',
      'order-shipped',
      'payment-failed',
      'payment-pending',
      'points-expiring',
      'points-summary',
      'price-drop',
      'referral',
      'referral-reward',
      'refund',
      'replenishment',
      'return',
      'review-request',
      'second-purchase',
      'sunset',
      'thank-you',
      'vip',
      'welcome',
      'win-back',
      'withdrawal',
    ])
  })

  it('are called by their files', () => {
    expect(readdirSync(inFolder('../journeys/')).toSorted()).toEqual(
      shipped.map(({ id }) => `${id}.yaml`).toSorted(),
    )
  })

  it('begin with those without which nobody can sign up', () => {
    expect(FIRST_JOURNEYS.filter((id) => !byId.has(id))).toEqual([])
  })

  it.each(shipped.map((journey) => [journey.id, journey] as const))('%s has no problem', (_id, journey) => {
    expect(validateJourney(journey, WORLD)).toEqual([])
    expect(() => compileJourney(journey, 1)).not.toThrow()
  })

  it.each(shipped.map((journey) => [journey.id, journey] as const))(
    '%s says what it does, and comes back from a file as it was',
    (_id, journey) => {
      expect(journey.description?.length).toBeGreaterThan(40)
      const read = readJourneyText(writeJourneyText(journey))
      expect('journey' in read && read.journey).toEqual(journey)
    },
  )

  it('mix no marketing with order mail', () => {
    const mixed = shipped.filter(
      (journey) => new Set(sends(journey).map(({ purpose }) => purpose)).size !== 1,
    )
    expect(mixed.map(({ id }) => id)).toEqual([])
  })

  it('send marketing to subscribers only', () => {
    const open = shipped.filter(isMarketing).filter(({ trigger, entry, steps }) => {
      const starts =
        trigger.kind === 'transition' && trigger.region === 'permission' && trigger.to === 'subscribed'
      const rule = trigger.kind === 'schedule' ? trigger.rule : entry
      const asked = steps.filter(({ kind }) => kind === 'branch')
      return !starts && !text([rule, asked]).includes('"region":"permission","states":["subscribed"]')
    })
    expect(open.map(({ id }) => id)).toEqual([])
  })

  it('end marketing on an order, but those that are about something else, or send one mail at once', () => {
    const unending = shipped
      .filter(isMarketing)
      .filter(({ goal, exits }) => !text([goal, exits]).includes('Order Completed'))
      // The cart that an order closes is gone.
      .filter(({ exits }) => !text(exits).includes('cartClosed'))
    expect(unending.map(({ id }) => id)).toEqual([
      'no-return',
      'points-expiring',
      'points-summary',
      'review-request',
      'thank-you',
      'vip',
    ])
  })

  it('give no code away that the shop has not set', () => {
    expect(shipped.filter(({ steps }) => steps.some(({ kind }) => kind === 'coupon'))).toEqual([])
  })

  it('go on with the furthest abandonment: checkout, cart, browse', () => {
    const ranks = shipped.flatMap(({ id, exclusion }) =>
      exclusion?.group === 'abandonment' ? [[exclusion.rank, id] as const] : [],
    )
    expect(ranks.toSorted(([one], [other]) => other - one).map(([, id]) => id)).toEqual([
      'checkout-abandonment',
      'cart-abandonment',
      'browse-abandonment',
    ])
  })

  it('stand on their page, and the events that they look at there or on that of events', () => {
    const page = (name: string) => readFileSync(inFolder(`../../../docs/${name}`), 'utf8')
    const journeys = page('journeys-shipped.md')
    expect(shipped.filter(({ id }) => !journeys.includes(`| \`${id}\` |`)).map(({ id }) => id)).toEqual([])
    const named = [...text(shipped).matchAll(/"type":"track","name":"([^"]+)"/g)].map(([, name = '']) => name)
    // Those of the specification are named there by their kind.
    const events = page('events.md') + journeys
    expect(named.length).toBeGreaterThan(30)
    expect([...new Set(named)].filter((name) => !events.includes(`\`${name}\``))).toEqual([])
  })

  it('each have a fixture', () => {
    expect(shipped.filter(({ id }) => !existsSync(`${FIXTURES}${id}.yaml`)).map(({ id }) => id)).toEqual([])
  })

  it.each(shipped.map((journey) => [journey.id, journey] as const))(
    '%s has a case for each mail, each exit and its filter',
    (id, journey) => {
      const { entry, exits, goal } = journey
      const { cases } = fixtureOf(id)
      const expected = cases.flatMap(({ expect: { runs = [] } }) => runs.map(({ reason }) => reason))
      const mails = cases.flatMap(({ expect: { sends: sent = [] } }) => sent.map(({ template }) => template))
      expect(sends(journey).filter(({ template }) => !mails.includes(template))).toEqual([])
      if (goal) expect(expected).toContain('goal')
      // What reaches the goal ends the run before any exit does.
      const own = exits.filter(({ on }) => text(on) !== text(goal?.on))
      expect(own.filter(({ name }) => !expected.includes(`exit:${name}`))).toEqual([])
      const isRefused = cases.some(({ expect: { runs } }) => runs?.length === 0)
      if (entry) expect(isRefused).toBe(true)
    },
  )
})
