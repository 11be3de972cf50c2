import { EVENT_NAMES } from '../eventNames.ts'
import { deedId, ownEvent } from '../ownEvent.ts'
import { endRun } from './endRun.ts'
import type { Enrolment } from './enrolment.ts'
import type { JourneyStep, StepOf } from './journeyStep.ts'
import { messageOf } from './messageOf.ts'
import { changeRun, type RunContext } from './runContext.ts'
import { runningOf } from './runningOf.ts'

/** A name for what a step does at one visit, the same in every replay. */
const deedOf = ({ id, visits }: Enrolment, step: JourneyStep) => `${id}/${step.id}/${visits[step.id] ?? 1}`

function tell(
  context: RunContext,
  deed: string,
  name: string,
  properties: Record<string, unknown>,
  traits?: Record<string, unknown>,
): void {
  const { result, fold, moment } = context
  const { at } = moment
  const id = deedId(deed, at, result.customer.moved)
  result.effects.push({ type: 'event', id, at, name, properties, ...(traits ? { traits } : {}) })
  fold.applyOwn(result, ownEvent(id, at, name, properties, traits))
}

function update(context: RunContext, run: Enrolment, step: StepOf<'update'>): void {
  const deed = deedOf(run, step)
  const about = { journey: run.journeyId, enrolment: run.id }
  if (Object.keys(step.traits).length > 0) tell(context, `${deed}/traits`, '', about, step.traits)
  if (step.stopMarketing)
    tell(context, `${deed}/unsubscribed`, EVENT_NAMES.unsubscribed, { ...about, method: 'journey' })
}

function giveCoupon({ result, moment }: RunContext, run: Enrolment, step: StepOf<'coupon'>): void {
  const { from, validFor } = step
  const expiresAt = validFor === undefined ? null : moment.at + validFor
  if ('code' in from) {
    changeRun(result, run.id, { coupon: { code: from.code, expiresAt } })
    return
  }
  const claim = deedOf(run, step)
  changeRun(result, run.id, { coupon: { pool: from.pool, claim, expiresAt } })
  // A run that has begun anew has it already.
  if (run.coupon && 'claim' in run.coupon && run.coupon.claim === claim) return
  result.effects.push({ type: 'coupon', claim, pool: from.pool, enrolmentId: run.id, at: moment.at })
}

function callWebhook(
  { result, moment, compiled }: RunContext,
  run: Enrolment,
  step: StepOf<'webhook'>,
): void {
  const { id: customerId, email, userId, traits, lifecycle } = result.customer
  result.effects.push({
    type: 'webhook',
    id: deedOf(run, step),
    url: step.url,
    at: moment.at,
    enrolmentId: run.id,
    journeyId: run.journeyId,
    stepId: step.id,
    data: {
      journey: { id: run.journeyId, name: compiled.definition.name, version: run.version, step: step.id },
      customer: { id: customerId, email, userId, traits, lifecycle: lifecycle.value },
      run: { id: run.id, key: run.key, startedAt: new Date(run.startedAt).toISOString(), ...run.facts },
    },
  })
}

function send({ result, compiled, moment, fold }: RunContext, run: Enrolment, step: StepOf<'send'>): void {
  const message = messageOf(result.customer, run, step, compiled.definition, moment, fold.rules.settings)
  result.effects.push({ type: 'message', message })
  if (message.state !== 'queued') return
  changeRun(result, run.id, { unsent: { message: message.id, until: message.expiresAt } })
}

function endOthers({ result, runId, moment }: RunContext, run: Enrolment, step: StepOf<'endJourney'>): void {
  for (const other of runningOf(result.customer)) {
    if (other.journeyId === step.journey && other.id !== runId)
      endRun(result, other, `ended-by:${run.journeyId}`, moment.at)
  }
}

/** Carries out a step that takes no time. */
export function performStep(context: RunContext, run: Enrolment, step: JourneyStep): void {
  switch (step.kind) {
    case 'send':
      return send(context, run, step)
    case 'update':
      return update(context, run, step)
    case 'coupon':
      return giveCoupon(context, run, step)
    case 'webhook':
      return callWebhook(context, run, step)
    case 'startJourney': {
      return tell(context, `${deedOf(run, step)}/start`, EVENT_NAMES.journeyRequested, {
        journey: step.journey,
        because: 'journey',
        from: run.journeyId,
        ...(run.key === null ? {} : { key: run.key }),
      })
    }
    case 'endJourney':
      return endOthers(context, run, step)
    case 'branch':
    case 'split':
    case 'end':
    case 'delay':
    case 'until':
    case 'untilDate':
    case 'wait':
      return
  }
}
