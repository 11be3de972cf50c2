import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  mergeCustomers,
  ownEvent,
  rebuild,
  simulate,
  type Customer,
  type Input,
  type Message,
  type Rules,
} from '../src/index.ts'
import {
  arbitraryDeeds,
  arbitraryPunctual,
  arbitraryShop,
  inTime,
  request,
  rulesOf,
  THE_END,
  type Deed,
  type Shop,
} from './support/arbitraryLives.ts'
import { seed } from './support/histories.ts'
import { DAY, START } from './support/inputs.ts'
import {
  faultsOf,
  isRunning,
  keep,
  namesOf,
  nobody,
  sentMail,
  tell,
  unsentOf,
  wakeSeldom,
  wakeUntil,
  type Kept,
} from './support/runsOf.ts'

/** A life of these takes ten times as long as another. */
const runs = Number(process.env['RUNS'] ?? 30)

const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void => {
  // To make an example smaller may take hours: `SHRINK` asks for it, the seed and the path give the whole one again.
  fc.assert(property, { seed, numRuns: runs, endOnFailure: process.env['SHRINK'] === undefined })
}

interface Lived {
  kept: Kept
  rules: Rules
  isPaused: boolean
  now: number
}

/** The inputs that a deed comes to, as a customer is then. */
function inputsOf(deed: Deed, { kept, now, isPaused }: Lived, shop: Shop, count: number): Input[] {
  const running = Object.values(kept.customer.enrolments)
  switch (deed.kind) {
    case 'input': {
      const { input } = deed
      const receivedAt = Math.max(now, input.receivedAt)
      return [input.kind === 'wake' ? { ...input, at: receivedAt, receivedAt } : { ...input, receivedAt }]
    }
    case 'send':
      return unsentOf(kept).map((message) => sentMail(message, now))
    case 'request': {
      const { journey, id, delay, key } = deed
      return [request(journey, id, now, { delay, ...(key === null ? {} : { key }) })]
    }
    case 'remove': {
      const run = running[deed.which]
      return run ? [ownEvent(`remove-${count}`, now, 'Journey Run Removed', { enrolment: run.id })] : []
    }
    case 'move': {
      const run = running[deed.which]
      const steps = shop.second.find(({ id }) => id === run?.journeyId)?.steps ?? []
      const step = steps[deed.step % steps.length]?.id
      return run
        ? [ownEvent(`move-${count}`, now, 'Journey Run Moved', { enrolment: run.id, version: 2, step })]
        : []
    }
    case 'rules':
    default:
      return deed.rules !== 'paused' && isPaused
        ? shop.first.map(({ id }) =>
            ownEvent(`resume-${id}-${count}`, now, 'Journey Resumed', { journey: id }),
          )
        : []
  }
}

/** Lives through deeds, and shows the customer after each input. */
function live(deeds: readonly Deed[], shop: Shop, look: (lived: Lived) => void, id = 'c1'): Lived {
  const rules = rulesOf(shop)
  const lived: Lived = { kept: nobody(id), rules: rules.live, isPaused: false, now: START }
  for (const [count, deed] of deeds.entries()) {
    const inputs = inputsOf(deed, lived, shop, count)
    if (deed.kind === 'rules') {
      lived.rules = rules[deed.rules]
      lived.isPaused = deed.rules === 'paused'
    }
    for (const input of inputs) {
      lived.now = Math.max(lived.now, input.receivedAt)
      lived.kept = tell(lived.kept, input, lived.rules)
      look(lived)
    }
  }
  return lived
}

/** What must not depend on when somebody looks. */
const outcomeOf = ({ customer, runs: all, effects }: Kept) => ({
  runs: [...all.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  timers: customer.timers,
  traits: customer.traits,
  lifecycle: customer.lifecycle,
  effects: effects.map((effect) => {
    if (effect.type !== 'message') return effect
    const { createdAt, state, reason, ...message } = effect.message
    return { type: 'message', message }
  }),
})

/** Longer than any life. */
const AGES = 3_000 * DAY

/** In which order the sender takes the mails that may leave at one instant: what has waited longest goes first. */
const byTurn = (one: Message, other: Message) =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)

/** When the last happened that a customer knows of. */
const last = ({ history }: Kept) => history.reduce((latest, { at }) => Math.max(latest, at), START)

describe(`runs of any journeys (seed ${seed}, ${runs} runs)`, () => {
  it('never are in a state that leads nowhere, whatever happens in whatever order', () => {
    check(
      fc.property(arbitraryShop, arbitraryDeeds, (shop, deeds) => {
        const ended = new Set<string>()
        const { kept, rules, now } = live(deeds, shop, (lived) => {
          expect(faultsOf(lived.kept, lived.rules)).toEqual([])
          for (const run of lived.kept.runs.values()) {
            if (isRunning(run)) expect(ended).not.toContain(run.id)
            else ended.add(run.id)
          }
        })
        const over = wakeSeldom(kept, now, THE_END, rules)
        expect(faultsOf(over, rules)).toEqual([])
        expect(unsentOf(over).length).toBeLessThanOrEqual(Object.keys(over.customer.enrolments).length)
      }),
    )
  })

  it('come to the same however often somebody wakes', () => {
    check(
      fc.property(
        arbitraryShop,
        arbitraryPunctual,
        fc.array(fc.integer({ min: START, max: THE_END }), { size: 'max', maxLength: 20 }),
        (shop, inputs, wakes) => {
          // Who wakes late writes late: here no mail ever is too late.
          const { live: rules } = rulesOf(inTime(shop), { maxAge: { marketing: AGES, transactional: AGES } })
          let seldom = nobody()
          let often = nobody()
          const send = (kept: Kept) =>
            unsentOf(kept).reduce((one, id) => tell(one, sentMail(id, last(one) + 60_000), rules), kept)
          for (const input of inputs) {
            for (const at of wakes.filter((wake) => wake > last(often) && wake < input.at))
              often = tell(often, { kind: 'wake', at, receivedAt: at }, rules)
            often = send(tell(wakeUntil(often, input.at - 1, rules), input, rules))
            seldom = send(tell(seldom, input, rules))
          }
          often = wakeUntil(often, THE_END, rules)
          seldom = wakeSeldom(seldom, last(seldom), THE_END, rules)
          expect(outcomeOf(seldom)).toEqual(outcomeOf(often))
        },
      ),
    )
  })

  it('are the same after a round trip of the state through JSON at every step', () => {
    check(
      fc.property(arbitraryShop, arbitraryDeeds, (shop, deeds) => {
        const lived = live(deeds, shop, () => {})
        const stored = live(deeds, shop, (one) => {
          one.kept = { ...one.kept, customer: JSON.parse(JSON.stringify(one.kept.customer)) as Customer }
        })
        expect(JSON.parse(JSON.stringify(stored.kept.customer))).toEqual(
          JSON.parse(JSON.stringify(lived.kept.customer)),
        )
        expect(stored.kept.effects).toEqual(lived.kept.effects)
      }),
    )
  })

  it('are whole when two customers turn out to be one', () => {
    check(
      fc.property(arbitraryShop, arbitraryDeeds, arbitraryDeeds, (shop, ones, others) => {
        const { live: rules } = rulesOf(shop)
        const renamed = others.map((deed): Deed => {
          if (deed.kind === 'input' && deed.input.kind === 'event')
            return { ...deed, input: { ...deed.input, id: `${deed.input.id}-other` } }
          return deed.kind === 'request' ? { ...deed, id: `${deed.id}-other` } : deed
        })
        const one = live(ones, shop, () => {}, 'c1')
        const other = live(renamed, shop, () => {}, 'c2')
        const now = Math.max(one.now, other.now)
        const before: Kept = {
          customer: mergeCustomers(one.kept.customer, other.kept.customer, now),
          history: [...one.kept.history, ...other.kept.history],
          runs: new Map([...one.kept.runs, ...other.kept.runs]),
          effects: [...one.kept.effects, ...other.kept.effects],
        }
        const { customer, effects } = rebuild(before.customer, before.history, rules)
        const merged = keep(before, customer, effects)
        expect(faultsOf(merged, rules)).toEqual([])
        const over = wakeSeldom(merged, now, THE_END, rules)
        expect(faultsOf(over, rules)).toEqual([])
      }),
    )
  })

  it('are simulated as they are lived through', () => {
    check(
      fc.property(arbitraryShop, arbitraryPunctual, (shop, inputs) => {
        const { live: rules } = rulesOf(shop)
        const until = (inputs.at(-1)?.at ?? START) + 60 * DAY
        const simulation = simulate(inputs, rules, { customerId: 'c1', until })
        const left = simulation.messages.flatMap(({ message, outcome, at }) =>
          outcome === 'sent' ? [{ ...message, at }] : [],
        )
        let kept = nobody()
        let place = 0
        const waiting = new Set(left)
        for (;;) {
          const input = inputs[place]
          const known = new Set(namesOf(kept.effects))
          const asked = [...waiting].filter(({ id }) => known.has(`message ${id}`))
          const mailAt = Math.min(...asked.map(({ at }) => at), Infinity)
          const due = Math.min(...Object.values(kept.customer.timers), Infinity)
          const at = Math.min(input?.at ?? Infinity, due, mailAt)
          if (at > until) break
          if (input?.at === at) {
            kept = tell(kept, input, rules)
            place += 1
          } else if (due === at) kept = tell(kept, { kind: 'wake', at, receivedAt: at }, rules)
          else {
            // The sender takes all that may leave at an instant in one go, and no time passes between them.
            for (const mail of asked.filter((one) => one.at === at).toSorted(byTurn)) {
              const { id, purpose, template } = mail
              waiting.delete(mail)
              kept = tell(
                kept,
                ownEvent(`Email Sent/${id}`, at, 'Email Sent', { message: id, template, purpose }),
                rules,
              )
            }
          }
        }
        const messages = kept.effects.flatMap((effect) => (effect.type === 'message' ? [effect.message] : []))
        expect(messages).toEqual(simulation.messages.map(({ message }) => message))
        expect([...kept.runs.values()]).toEqual(simulation.runs)
        const others = namesOf(kept.effects).filter((name) => /^(coupon|webhook)/.test(name))
        expect([...new Set(others)].toSorted()).toEqual(
          [
            ...simulation.coupons.map(({ claim }) => `coupon ${claim}`),
            ...simulation.webhooks.map(({ id }) => `webhook ${id}`),
          ].toSorted(),
        )
      }),
    )
  })
})
