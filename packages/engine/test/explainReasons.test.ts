import { describe, expect, it } from 'vitest'
import { reasonsOf, type StateReason } from '../src/explain/reasonsOf.ts'
import { BEGINNING, SettingsSchema, type Input, type Population, type Rules } from '../src/index.ts'
import { DAY, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { explainerIn } from './support/reasons.ts'
import { address, browserSubscribe, click, days, mail, subscribe, visit } from './support/story.ts'

/** The reasons of a customer who has lived through all this, as of the end of a day. */
function reasonsAt(day: number, inputs: readonly Input[], by: Rules = rules) {
  const { customer, transitions } = live([...inputs, wake(day)], by)
  const at = START + day * DAY
  const reasons = reasonsOf(customer, transitions.toReversed(), by, at)
  const of = (region: StateReason['region']) => {
    const found = reasons.find((reason) => reason.region === region)
    if (!found) throw new Error(`no reason of ${region}`)
    return found
  }
  const explainer = explainerIn('en', { now: at, rules: by })
  return { customer, reasons, of, sentence: (region: StateReason['region']) => explainer.state(of(region)) }
}

const next = ({ next: following }: StateReason) => following && `${following.state} ${days(following.at)}`

const population: Population = {
  buyers: 40,
  at: START,
  gaps: null,
  vipLine: 5_000,
  rfm: { buyers: 40, frequency: { middle: 2, top: 3 }, monetary: { middle: 2_000, top: 9_000 } },
  fit: null,
}

const settings = SettingsSchema.parse({ currency: 'EUR' })
const withPopulation = rulesWith({}, undefined, [{ number: 1, from: BEGINNING, settings, population }])

describe('the reasons of a customer', () => {
  it('are those of the beginning before anything is known', () => {
    const { reasons, sentence } = reasonsAt(0, [])
    expect(reasons.map(({ region, state, since, cause }) => [region, state, since, cause])).toEqual([
      ['stage', 'visitor', null, null],
      ['value', 'standard', null, null],
      ['engagement', 'unknown', null, null],
      ['permission', 'none', null, null],
      ['advocacy', 'none', null, null],
      ['rfm', 'none', null, null],
    ])
    expect(sentence('stage')).toBe('Visitor: no proven e-mail address and no order yet.')
  })

  it('have the numbers of then beside those of now', () => {
    const { of, sentence } = reasonsAt(93, [order(0, 'o1')])
    expect(of('stage')).toMatchObject({
      region: 'stage',
      state: 'atRisk',
      since: START + 90 * DAY,
      from: 'new',
      cause: { kind: 'timer', id: 'xstate.after.atRisk.lifecycle.stage.new', dueAt: START + 90 * DAY },
      numbers: { daysSinceLastOrder: 90, atRiskAfterDays: 90 },
      now: {
        orders: 1,
        daysSinceLastOrder: 93,
        atRiskAfterDays: 90,
        lapsedAfterDays: 180,
        lostAfterDays: 365,
        basis: 'cold-start',
        gaps: 0,
      },
      next: { state: 'lapsed', at: START + 180 * DAY },
    })
    expect(sentence('stage')).toBe(
      'At risk since 1 April: 93 days without an order; the shop has too few repeat orders yet, so the default of 90 days counts; lapsed on 30 June unless an order comes.',
    )
  })

  it('know the deadline that the last order has moved without a transition', () => {
    const { of } = reasonsAt(30, [order(0, 'o1'), order(10, 'o2'), order(20, 'o3')])
    expect([days(of('stage').since ?? 0), next(of('stage'))]).toEqual([10, 'atRisk 110'])
  })

  it('say where time leads by what has happened since', () => {
    const mails = [mail(2), mail(3), mail(4), mail(5)]
    const few = reasonsAt(40, [visit(0), ...mails]).of('engagement')
    const enough = reasonsAt(40, [visit(0), ...mails, mail(6)]).of('engagement')
    const warm = reasonsAt(10, [visit(0), ...mails, mail(6)]).of('engagement')
    expect([few, enough, warm].map((reason) => [reason.state, next(reason)])).toEqual([
      ['unknown', null],
      ['unknown', 'cold 90'],
      ['warm', 'unknown 30'],
    ])
  })

  it('count the mails and the days since the last sign of life', () => {
    const { of } = reasonsAt(40, [visit(0), mail(1), click(5), mail(6), mail(7)])
    expect(of('engagement').now).toMatchObject({ received: 2, daysSinceEngaged: 35 })
  })

  it('know when an unanswered request ends', () => {
    const { of, sentence } = reasonsAt(3, [browserSubscribe(1, 'ann@example.com', { method: 'footer' })])
    expect([of('permission').state, next(of('permission'))]).toEqual(['pending', 'none 8'])
    expect(sentence('permission')).toBe(
      'Waiting for confirmation since 2 January: they asked to be subscribed, by way of “footer”; no permission on 9 January unless they confirm.',
    )
  })

  it('are drawn by the limits of now, also where nobody has moved since', () => {
    const longer = SettingsSchema.parse({
      ...settings,
      limits: { atRisk: 200 * DAY, lapsed: 300 * DAY, lost: 400 * DAY },
    })
    const changing = rulesWith({}, undefined, [
      { number: 1, from: BEGINNING, settings, population: null },
      { number: 2, from: START + 50 * DAY, settings: longer, population: null },
    ])
    const { of } = reasonsAt(60, [order(0, 'o1')], changing)
    expect(of('stage').now).toMatchObject({ atRiskAfterDays: 200 })
    expect(next(of('stage'))).toBe('atRisk 200')
  })

  it('tell the spend and the line of the shop’s own buyers', () => {
    const { of, sentence } = reasonsAt(5, [order(0, 'o1', 60)], withPopulation)
    expect(of('value')).toMatchObject({
      state: 'vip',
      now: { spend: 6_000, vipLine: 5_000, lineFrom: 'distribution' },
    })
    expect(sentence('value')).toBe(
      'VIP since 1 January: their spend reached the VIP line; they have spent €60.00, the VIP line is €50.00, drawn by what the shop’s buyers spend.',
    )
  })

  it('tell the RFM group, and when time alone changes it', () => {
    const { of, sentence } = reasonsAt(5, [order(0, 'o1', 60)], withPopulation)
    expect(of('rfm')).toMatchObject({ state: 'recent', now: { scores: '312' } })
    expect(days(of('rfm').next?.at ?? 0)).toBeCloseTo(180, 5)
    expect(sentence('rfm')).toBe(
      'RFM group “Recent” since 1 January: their orders changed; scores of 3 for recency, 1 for frequency and 2 for value; “At risk” on 30 June unless an order comes.',
    )
  })

  it('do not stumble over the timers of journeys and of segments', () => {
    const { customer, of } = reasonsAt(2, [address(0), subscribe(0), order(1, 'o1')])
    const timers = { ...customer.timers, 'welcome/c1/x|xstate.after.wait': START, 'segments|window': START }
    const reasons = reasonsOf({ ...customer, timers }, [], rules, START + 2 * DAY)
    expect(reasons.map(next)).toEqual(['atRisk 91', null, 'unknown 30', null, null, null])
    expect(of('stage').state).toBe('new')
  })

  it('promise nothing of a state that only a rebuild can step', () => {
    const { customer } = reasonsAt(2, [order(1, 'o1')])
    const reasons = reasonsOf({ ...customer, definition: 1 }, [], rules, START + 2 * DAY)
    expect(reasons.map(next)).toEqual([null, null, null, null, null, null])
    expect(explainerIn('en', { now: START + 2 * DAY }).state(reasons[0] as StateReason)).toBe(
      'New: the last order was 1 day ago; the shop has too few repeat orders yet, so the default of 90 days counts.',
    )
  })

  it('are told of a state that cannot be read, too', () => {
    const { customer } = reasonsAt(2, [order(1, 'o1')])
    const value = { ...customer.lifecycle.value, stage: 'asleep' as 'new' }
    const broken = { ...customer, lifecycle: { ...customer.lifecycle, value } }
    const [stage] = reasonsOf(broken, [], rules, START + 2 * DAY)
    expect(stage).toMatchObject({ state: 'asleep', next: null })
    expect(explainerIn('en').state(stage as StateReason)).toMatch(/^Asleep: /)
  })

  it('know a new version of the rules that nobody has been judged by yet', () => {
    const shorter = SettingsSchema.parse({
      ...settings,
      limits: { atRisk: 20 * DAY, lapsed: 300 * DAY, lost: 400 * DAY },
    })
    const { customer } = live([order(0, 'o1'), wake(49)], rules)
    const changed = rulesWith({}, undefined, [
      { number: 1, from: BEGINNING, settings, population: null },
      { number: 2, from: START + 50 * DAY, settings: shorter, population: null },
    ])
    const [stage] = reasonsOf(customer, [], changed, START + 51 * DAY)
    expect(stage && next(stage)).toBe('atRisk 50')
  })

  it('take no transition for the reason that led elsewhere', () => {
    const { customer, transitions } = live([order(0, 'o1'), wake(100)], rules)
    const stale = transitions.filter(({ to }) => to !== 'atRisk')
    expect(reasonsOf(customer, stale, rules, START + 100 * DAY)[0]).toMatchObject({
      state: 'atRisk',
      since: null,
      cause: null,
    })
  })
})
