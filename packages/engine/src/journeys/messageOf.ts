import type { Customer } from '../customer.ts'
import type { Message, MessageData } from '../message.ts'
import type { Settings } from '../settings.ts'
import type { Moment } from '../moment.ts'
import type { Enrolment } from './enrolment.ts'
import type { Journey } from './journey.ts'
import type { SendStep } from './journeyStep.ts'
import { cartOf } from './runKey.ts'

/** What a mail can show. Nothing that a visitor typed goes to an address that is not proven to be theirs. */
function dataOf(
  customer: Customer,
  run: Enrolment,
  { key }: Journey,
  address: string,
  claimed: boolean,
): MessageData {
  if (claimed) return { customer: { email: address } }
  const firstName = customer.traits['firstName']
  const { facts, coupon } = run
  const cart = cartOf(key, run.key, customer)
  const lines = cart?.lines ?? facts.lines
  const total = cart ? cart.value : facts.total
  const currency = cart?.currency ?? facts.currency
  return {
    customer: { ...(typeof firstName === 'string' ? { firstName } : {}), email: address },
    ...(lines.length > 0 ? { lines } : {}),
    ...(total === null ? {} : { total }),
    ...(currency === null ? {} : { currency }),
    ...(facts.orderId === null ? {} : { orderId: facts.orderId }),
    ...(coupon ? { coupon } : {}),
    ...(Object.keys(facts.properties).length > 0 ? { event: facts.properties } : {}),
  }
}

/** The mail that a step of a run asks for. */
export function messageOf(
  customer: Customer,
  run: Enrolment,
  step: SendStep,
  journey: Journey,
  { at, receivedAt }: Moment,
  settings: Settings,
): Message {
  const claimed = step.to === 'claim'
  const address = (claimed ? customer.optIn?.email : customer.email) ?? ''
  const maxAge = step.expiresAfter ?? settings.maxAge[step.purpose]
  const isLate = receivedAt - at > maxAge
  return {
    id: `${run.id}/${step.id}/${run.visits[step.id]}`,
    enrolmentId: run.id,
    journeyId: run.journeyId,
    stepId: step.id,
    template: step.template,
    purpose: step.purpose,
    address,
    claimed,
    locale: customer.locale?.value ?? settings.locale,
    topic: step.topic ?? null,
    sender: step.sender ?? null,
    onCap: step.onCap,
    data: dataOf(customer, run, journey, address, claimed),
    causeAt: at,
    createdAt: receivedAt,
    expiresAt: at + maxAge,
    state: isLate ? 'expired' : address === '' ? 'refused' : 'queued',
    reason: isLate ? 'late' : address === '' ? 'no-address' : null,
  }
}
