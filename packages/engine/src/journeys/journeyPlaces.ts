import type { SegmentRule } from '../segments/segmentRule.ts'
import type { EventQuestion, Happening } from './happening.ts'
import type { Journey } from './journey.ts'
import type { JourneyPlace } from './journeyProblem.ts'

/** Everything that a journey waits for, is ended by or is there for. */
export function happeningsIn({
  goal,
  exits,
  steps,
}: Journey): { on: Happening; use: 'goal' | 'exit' | 'wait'; place: JourneyPlace }[] {
  return [
    ...(goal ? [{ on: goal.on, use: 'goal' as const, place: { path: ['goal', 'on'], step: null } }] : []),
    ...exits.map(({ on }, index) => ({
      on,
      use: 'exit' as const,
      place: { path: ['exits', index, 'on'], step: null },
    })),
    ...steps.flatMap((step, index) =>
      step.kind === 'wait'
        ? [{ on: step.for, use: 'wait' as const, place: { path: ['steps', index, 'for'], step: step.id } }]
        : [],
    ),
  ]
}

/** Every question that a journey asks of events as they come in. */
export const questionsIn = (journey: Journey): { question: EventQuestion; place: JourneyPlace }[] => [
  ...(journey.trigger.kind === 'event'
    ? [{ question: journey.trigger, place: { path: ['trigger'], step: null } }]
    : []),
  ...happeningsIn(journey).flatMap(({ on, place }) => (on.kind === 'event' ? [{ question: on, place }] : [])),
]

/** Every rule that a journey asks of customers. */
export function rulesIn(journey: Journey): { rule: SegmentRule; place: JourneyPlace }[] {
  const { trigger, entry, steps } = journey
  return [
    ...(trigger.kind === 'schedule'
      ? [{ rule: trigger.rule, place: { path: ['trigger', 'rule'], step: null } }]
      : []),
    ...(entry ? [{ rule: entry, place: { path: ['entry'], step: null } }] : []),
    ...happeningsIn(journey).flatMap(({ on, place: { path, step } }) =>
      on.kind === 'condition' ? [{ rule: on.rule, place: { path: [...path, 'rule'], step } }] : [],
    ),
    ...steps.flatMap((step, index) =>
      step.kind === 'branch'
        ? step.ways.map(({ when }, way) => ({
            rule: when,
            place: { path: ['steps', index, 'ways', way, 'when'], step: step.id },
          }))
        : [],
    ),
  ]
}
