import { expect, it } from 'vitest'
import { createCustomer, step, type Journey } from '../src/index.ts'
import { DAY, eventInput, HOUR, rulesWith, START } from './support/inputs.ts'
import { journeyOf } from './support/testJourneys.ts'

const onBirthday = (id: string): Journey =>
  journeyOf({
    id,
    name: id,
    trigger: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true }, at: '09:00' },
    reentry: { kind: 'always' },
    steps: [{ kind: 'delay', id: 'rest', duration: '300d' }],
  })

const told = eventInput({ day: 0, type: 'identify', traits: { birthday: '01-05' } })
const wake = (at: number) => ({ kind: 'wake', at, receivedAt: at }) as const
const MORNING = START + 4 * DAY + 9 * HOUR

it('two journeys of one day and time both begin', () => {
  const rules = rulesWith({}, [onBirthday('one'), onBirthday('other')])
  const { customer } = step(createCustomer('c'), told, rules)
  const later = step(customer, wake(MORNING), rules).customer
  expect(Object.values(later.enrolments).map(({ journeyId }) => journeyId)).toEqual(['one', 'other'])
  expect(Object.values(later.timers)).toEqual(
    expect.arrayContaining([MORNING + 365 * DAY, MORNING + 365 * DAY]),
  )
})

it('a wake is enough to know a journey that has gone live since', () => {
  const before = step(createCustomer('c'), told, rulesWith({}, [])).customer
  const rules = rulesWith({}, [onBirthday('one')])
  const woken = step(before, wake(START + DAY), rules).customer
  expect(Object.values(step(woken, wake(MORNING), rules).customer.enrolments)).toHaveLength(1)
  // And one that is live no more.
  const after = step(woken, wake(START + DAY), rulesWith({}, [])).customer
  expect(after.timers).toEqual(before.timers)
})

it('a wake that changes nothing leaves a customer as it is', () => {
  const rules = rulesWith({}, [onBirthday('one')])
  const { customer } = step(createCustomer('c'), told, rules)
  expect(step(customer, wake(START + DAY), rules).customer).toBe(customer)
})
