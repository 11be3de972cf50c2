import type { LifecycleValue, SimulatedMessage, Simulation } from '@ciclo/engine'

/** A mail that a case has brought about, and what became of it. */
export interface OutcomeMail {
  /** When it was sent or refused. */
  at: number
  template: string
  journey: string
  step: string
  purpose: 'marketing' | 'transactional'
  to: string
  locale: string
  key: string | null
  products: readonly string[]
  coupon: string | null
  waitedFor: readonly string[]
}

export interface OutcomeRun {
  at: number
  /** Null: it is still under way. */
  ended: number | null
  reason: string | null
  journey: string
  key: string | null
}

/** What a case has brought about, all of it in the order of time. */
export interface FixtureOutcome {
  sends: readonly OutcomeMail[]
  refused: readonly (OutcomeMail & { reason: string })[]
  runs: readonly OutcomeRun[]
  states: LifecycleValue
  traits: Readonly<Record<string, unknown>>
  webhooks: readonly { at: number; step: string }[]
}

function mailOf(
  { message, at, waitedFor }: SimulatedMessage,
  keys: ReadonlyMap<string, string | null>,
): OutcomeMail {
  const { enrolmentId, journeyId, stepId, template, purpose, address, locale, data } = message
  const { coupon } = data
  return {
    at,
    template,
    journey: journeyId,
    step: stepId,
    purpose,
    to: address,
    locale,
    key: keys.get(enrolmentId) ?? null,
    products: (data.lines ?? []).map(({ productId, sku }) => productId ?? sku ?? ''),
    coupon: coupon ? ('code' in coupon ? coupon.code : coupon.pool) : null,
    waitedFor,
  }
}

const byTime = (one: { at: number }, other: { at: number }) => one.at - other.at

/** What a simulation has brought about, as fixtures speak of it. */
export function outcomeOf({ customer, messages, runs, webhooks }: Simulation): FixtureOutcome {
  const keys = new Map(runs.map(({ id, key }) => [id, key]))
  const mails = messages.toSorted(byTime)
  return {
    sends: mails.filter(({ outcome }) => outcome === 'sent').map((mail) => mailOf(mail, keys)),
    refused: mails
      .filter(({ outcome }) => outcome !== 'sent')
      .map((mail) => ({
        ...mailOf(mail, keys),
        reason: mail.outcome === 'queued' ? 'waiting' : (mail.reason ?? mail.outcome),
      })),
    runs: runs
      .map(({ journeyId, key, startedAt, endedAt, endReason }) => ({
        at: startedAt,
        ended: endedAt,
        reason: endReason,
        journey: journeyId,
        key,
      }))
      .toSorted(byTime),
    states: customer.lifecycle.value,
    traits: customer.traits,
    webhooks: webhooks.map(({ at, stepId }) => ({ at, step: stepId })).toSorted(byTime),
  }
}
