import type { SimulatedMessage } from '@ciclo/engine'
import type { z } from 'zod'
import type { ToldEntry, Tried } from '../journeys/tryJourney.ts'
import { iso } from './iso.ts'
import { presentRun } from './presentRun.ts'
import type { TrySchema } from './trySchemas.ts'

type Answer = z.infer<typeof TrySchema>

const outcomeOf = ({ outcome }: SimulatedMessage) => (outcome === 'queued' ? 'waiting' : outcome)

function placeOf(entry: ToldEntry): Partial<Answer['timeline'][number]> {
  switch (entry.kind) {
    case 'run':
    case 'coupon':
      return { journey: entry.run.journeyId }
    case 'step':
      return { journey: entry.run.journeyId, step: entry.step }
    case 'webhook':
      return { journey: entry.journeyId, step: entry.step }
    case 'mail': {
      const { journeyId: journey, stepId: step, template, id: messageId } = entry.mail.message
      return { journey, step, template, messageId, outcome: outcomeOf(entry.mail) }
    }
    case 'event':
    case 'transition':
      break
  }
  return {}
}

export function presentTry(
  tried: Exclude<Tried, { problems: unknown }>,
  { begin, until }: { begin: number; until: number },
): Answer {
  const { customerId, lifecycle, timeline, runs, messages, next } = tried
  return {
    at: iso(until),
    begin: iso(begin),
    customerId,
    lifecycle,
    timeline: timeline.map((entry) => ({
      at: iso(entry.at),
      kind: entry.kind,
      sentence: entry.sentence,
      ...placeOf(entry),
    })),
    runs: runs.map((run) => presentRun({ ...run, customerId })),
    messages: messages.map((mail) => {
      const { id, journeyId, stepId, template, purpose, locale } = mail.message
      return {
        id,
        at: iso(mail.at),
        journey: journeyId,
        step: stepId,
        template,
        purpose,
        locale,
        outcome: outcomeOf(mail),
        reason: mail.reason,
        waitedFor: [...mail.waitedFor],
      }
    }),
    next: next === null ? null : iso(next),
  }
}
