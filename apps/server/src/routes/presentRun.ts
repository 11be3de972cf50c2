import type { JourneyExplainer, JourneyStanding, RequestRefusal } from '@ciclo/engine'
import type { z } from 'zod'
import type { CustomerEnrolment } from '../store/queries/enrolments.ts'
import { iso, isoOrNull } from './iso.ts'
import type { JourneyStandingSchema, RefusalSchema, RunDetailSchema, RunSchema } from './runSchemas.ts'

export function presentRun(run: CustomerEnrolment): z.infer<typeof RunSchema> {
  return {
    id: run.id,
    journey: run.journeyId,
    version: run.version,
    customerId: run.customerId,
    status: run.endedAt === null ? 'running' : 'ended',
    key: run.key,
    step: run.value,
    stepSince: iso(run.since),
    startedAt: iso(run.startedAt),
    endedAt: isoOrNull(run.endedAt),
    endReason: run.endReason,
    goalAt: isoOrNull(run.goalAt),
    heldSince: run.held ? iso(run.held.dueAt) : null,
    visits: run.visits,
  }
}

export function presentRunDetail(run: CustomerEnrolment): z.infer<typeof RunDetailSchema> {
  const { coupon } = run
  return {
    ...presentRun(run),
    facts: { ...run.facts },
    coupon: coupon && { ...coupon, expiresAt: isoOrNull(coupon.expiresAt) },
  }
}

/** Times as the API writes them, wherever they stand in what the engine has said. */
const TIMES: ReadonlySet<string> = new Set(['at', 'until', 'since', 'startedAt', 'stepSince'])

function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      TIMES.has(name) && typeof one === 'number'
        ? iso(one)
        : name === 'leaf' || name === 'seen'
          ? one
          : withTimes(one),
    ]),
  )
}

export function presentRefusal(
  refusal: RequestRefusal,
  explainer: JourneyExplainer,
): z.infer<typeof RefusalSchema> {
  const { reason, ...details } = refusal
  return {
    code: reason,
    sentence: explainer.refusal(refusal),
    details: withTimes(details) as Record<string, unknown>,
  }
}

export function presentJourneyStanding(
  standing: JourneyStanding,
  explainer: JourneyExplainer,
): z.infer<typeof JourneyStandingSchema> {
  const { runs, waiting, refusal, trigger, before, mail, ...rest } = standing
  const told = mail ?? { kind: 'send' }
  return {
    ...rest,
    sentence: explainer.standing(standing),
    runs: withTimes(runs) as Record<string, unknown>[],
    waiting: waiting.map(({ kind, at }) => ({ kind, at: iso(at) })),
    refusal: refusal && presentRefusal(refusal, explainer),
    trigger: { ...trigger },
    before: before && {
      ...before,
      lastStartedAt: iso(before.lastStartedAt),
      lastEndedAt: isoOrNull(before.lastEndedAt),
    },
    mail: {
      kind: told.kind,
      reason: told.kind === 'send' ? null : told.reason,
      until: told.kind === 'wait' ? isoOrNull(told.until) : null,
      sentence: explainer.mail(told),
    },
  }
}
