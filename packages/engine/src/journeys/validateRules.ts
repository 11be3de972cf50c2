import { equalJson } from '../equalJson.ts'
import type { SegmentRule } from '../segments/segmentRule.ts'
import { createRuleJudge, type RuleJudge } from './createRuleJudge.ts'
import type { Journey } from './journey.ts'
import { happeningsIn, questionsIn } from './journeyPlaces.ts'
import { journeyProblem, type JourneyPlace, type JourneyProblem } from './journeyProblem.ts'
import type { StepOf } from './journeyStep.ts'
import { isEventPossible } from './ruleSubject.ts'
import type { Trigger } from './trigger.ts'

/** What is true of whoever a trigger has just fired for. */
function truthOf(trigger: Trigger): SegmentRule | null {
  switch (trigger.kind) {
    case 'transition': {
      const { region, to, from } = trigger
      if (to !== undefined) return { kind: 'lifecycle', region, states: [to] }
      return from === undefined ? null : { kind: 'not', rule: { kind: 'lifecycle', region, states: [from] } }
    }
    case 'rfm':
      return { kind: 'rfm', groups: [trigger.to] }
    case 'schedule':
      return trigger.rule
    case 'date':
      if (trigger.date.of !== 'trait') return null
      return { kind: 'trait', path: trigger.date.path, condition: { operator: 'exists' } }
    case 'event':
    case 'segment':
    case 'api':
      break
  }
  return null
}

const given = (conflict: string) => `what is never true: ${conflict}`
const IMPOSSIBLE = 'a condition that somebody can meet'
const ALWAYS = 'a condition that is not true of everybody, or none'

const demand = (rule: SegmentRule, holds = true) => ({ rule, holds })

function checkTrigger({ trigger, entry }: Journey, judge: RuleJudge): JourneyProblem[] {
  if (trigger.kind === 'transition' && trigger.from !== undefined && trigger.from === trigger.to) {
    const place = { path: ['trigger', 'to'], step: null }
    return [
      journeyProblem('impossible-trigger', place, `'${trigger.to}' twice`, 'another state than in from'),
    ]
  }
  if (trigger.kind === 'schedule') {
    const conflict = judge.conflictIn(demand(trigger.rule))
    const place = { path: ['trigger', 'rule'], step: null }
    // A rule that is always true is how a schedule says everybody.
    if (conflict !== null) return [journeyProblem('impossible-condition', place, given(conflict), IMPOSSIBLE)]
  }
  if (!entry) return []
  const place = { path: ['entry'], step: null }
  const conflict = judge.conflictIn(demand(entry))
  if (conflict !== null) return [journeyProblem('impossible-condition', place, given(conflict), IMPOSSIBLE)]
  if (judge.conflictIn(demand(entry, false)) !== null)
    return [journeyProblem('always-true', place, 'an entry that everybody meets', ALWAYS)]
  const truth = truthOf(trigger)
  const contradiction = truth && judge.conflictIn(demand(truth), demand(entry))
  if (contradiction === null) return []
  const expected = 'an entry that somebody can meet just after the trigger'
  return [journeyProblem('entry-contradicts-trigger', place, given(contradiction), expected)]
}

function checkHappenings(journey: Journey, judge: RuleJudge): JourneyProblem[] {
  const { trigger, entry } = journey
  const truths = [truthOf(trigger), entry].flatMap((rule) => (rule ? [demand(rule)] : []))
  return happeningsIn(journey).flatMap(({ on, use, place }) => {
    if (on.kind !== 'condition') return []
    const at = { ...place, path: [...place.path, 'rule'] }
    const conflict = judge.conflictIn(demand(on.rule))
    if (conflict !== null) return [journeyProblem('impossible-condition', at, given(conflict), IMPOSSIBLE)]
    if (judge.conflictIn(demand(on.rule, false)) !== null)
      return [journeyProblem('always-true', at, 'a condition that everybody meets', ALWAYS)]
    // By the time of a wait the customer may be another; an exit and a goal are looked at from the start.
    const isMetAtOnce =
      use !== 'wait' &&
      judge.conflictIn(...truths) === null &&
      judge.conflictIn(...truths, demand(on.rule, false)) !== null
    if (!isMetAtOnce) return []
    const told = `a condition that ends every run as it begins: who comes in meets it`
    return [journeyProblem('always-true', at, told, 'a condition that is not true from the start')]
  })
}

function checkQuestions(journey: Journey): JourneyProblem[] {
  return questionsIn(journey).flatMap(({ question: { where }, place: { path, step } }) => {
    if (isEventPossible(where)) return []
    const told = 'what no event can be: its conditions contradict each other'
    const expected = 'properties that an event can have'
    return [journeyProblem('impossible-condition', { path: [...path, 'where'], step }, told, expected)]
  })
}

function checkWays({ id, ways }: StepOf<'branch'>, position: number, judge: RuleJudge): JourneyProblem[] {
  return ways.flatMap(({ when }, index) => {
    const place: JourneyPlace = { path: ['steps', position, 'ways', index, 'when'], step: id }
    const conflict = judge.conflictIn(demand(when))
    const called = `way ${index + 1}`
    if (conflict !== null) {
      return [journeyProblem('impossible-condition', place, `at ${called} ${given(conflict)}`, IMPOSSIBLE)]
    }
    const before = ways.slice(0, index)
    const same = before.findIndex((way) => equalJson(way.when, when))
    const expected = 'a condition that is true of somebody who takes none of the ways before it'
    if (same >= 0) {
      const told = `the rule of way ${same + 1} again at ${called}`
      return [journeyProblem('unreachable-way', place, told, expected)]
    }
    if (judge.conflictIn(demand(when), ...before.map((way) => demand(way.when, false))) !== null) {
      const told = `at ${called} what only those meet who have taken a way before it`
      return [journeyProblem('unreachable-way', place, told, expected)]
    }
    if (judge.conflictIn(demand(when, false)) === null) return []
    return [journeyProblem('always-true', place, `at ${called} a condition that everybody meets`, ALWAYS)]
  })
}

/** Whether every rule can be true, and says something. */
export function validateRules(journey: Journey): JourneyProblem[] {
  const judge = createRuleJudge()
  return [
    ...checkTrigger(journey, judge),
    ...checkHappenings(journey, judge),
    ...checkQuestions(journey),
    ...journey.steps.flatMap((step, position) =>
      step.kind === 'branch' ? checkWays(step, position, judge) : [],
    ),
  ]
}
