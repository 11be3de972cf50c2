import { canonicalName, commerceNameOf } from '../canonicalName.ts'
import { KNOWN_EVENTS, KNOWN_TRAITS } from '../knownNames.ts'
import { nearestName } from '../nearestName.ts'
import { leavesIn } from '../segments/ruleLeaves.ts'
import type { SegmentLeaf } from '../segments/segmentRule.ts'
import type { EventQuestion } from './happening.ts'
import type { Journey } from './journey.ts'
import { questionsIn, rulesIn } from './journeyPlaces.ts'
import {
  expectedName,
  journeyProblem,
  type JourneyPlace,
  type JourneyProblem,
  type JourneyProblemCode,
} from './journeyProblem.ts'
import type { SendStep } from './journeyStep.ts'
import type { JourneyWorld } from './journeyWorld.ts'

type Report = (JourneyProblem | undefined)[]

const below = ({ path, step }: JourneyPlace, ...names: (string | number)[]): JourneyPlace => ({
  path: [...path, ...names],
  step,
})

function checkTemplate(
  { template }: SendStep,
  place: JourneyPlace,
  { templates, locales }: JourneyWorld,
): Report {
  const at = below(place, 'template')
  const known = templates.get(template)
  if (!known) {
    const expected = expectedName('a template of the shop', template, templates.keys())
    return [journeyProblem('missing-template', at, `the template '${template}'`, expected)]
  }
  const missing = locales.filter((one) => !known.has(one) && !known.has(one.split('-')[0] ?? one))
  if (missing.length === 0) return []
  const given = `the template '${template}' in ${[...known].join(', ') || 'no locale'}`
  const problem = journeyProblem('missing-locale', at, given, `it also in ${missing.join(', ')}`)
  return [{ ...problem, locales: missing }]
}

const listed = (
  code: JourneyProblemCode,
  kind: string,
  name: string,
  names: { has: (name: string) => boolean; keys: () => Iterable<string> },
  place: JourneyPlace,
): Report =>
  names.has(name)
    ? []
    : [
        journeyProblem(
          code,
          place,
          `the ${kind} '${name}'`,
          expectedName(`a ${kind} of the shop`, name, names.keys()),
        ),
      ]

/** Who leaves out a topic is not to get its mails by another spelling. */
const checkTopic = ({ topic }: SendStep, place: JourneyPlace, { topics }: JourneyWorld): Report =>
  topic === undefined || topics === undefined
    ? []
    : listed('unknown-topic', 'topic', topic, topics, below(place, 'topic'))

/** What a journey is written with must be there; of what nobody has sent yet only a shop that has sent some can tell. */
function nameChecks(journey: Journey, world: JourneyWorld) {
  const written = [journey, ...world.journeys.values()].flatMap((one) =>
    (one?.steps ?? []).flatMap((step) => (step.kind === 'update' ? Object.keys(step.traits) : [])),
  )
  const traits = new Set([...world.traits, ...KNOWN_TRAITS, ...written])
  const sent = new Set([...world.events, ...KNOWN_EVENTS])
  const canonical = new Set([...sent].map(canonicalName))
  const eventSeverity = world.events.size > 0 ? 'error' : 'warning'
  const traitSeverity = world.traits.size > 0 ? 'error' : 'warning'

  const trait = ([name = '']: readonly string[], place: JourneyPlace): Report => {
    if (name === 'email') {
      // It is an identity, and no trait of any customer.
      return [
        journeyProblem(
          'unknown-trait',
          place,
          "the trait 'email'",
          'the condition reachable, or another trait',
        ),
      ]
    }
    if (traits.has(name)) return []
    const expected = expectedName('a trait that customers have', name, traits)
    return [journeyProblem('unknown-trait', place, `the trait '${name}'`, expected, traitSeverity)]
  }

  const unknownEvent = (name: string, place: JourneyPlace, expected: string) =>
    journeyProblem('unknown-event', place, `the event '${name}'`, expected, eventSeverity)

  /** Asked of events as they come in: the specification's by any of their spellings. */
  const question = ({ type, name, where }: EventQuestion, place: JourneyPlace): Report => {
    if (type === 'identify') {
      return where.flatMap(({ path }, index) =>
        path[0] === 'email' ? [] : trait(path, below(place, 'where', index, 'path')),
      )
    }
    if (type !== 'track' || name === undefined || canonical.has(canonicalName(name))) return []
    return [
      unknownEvent(name, below(place, 'name'), expectedName('an event that the shop sends', name, sent)),
    ]
  }

  /** Asked of those that were counted: by the name that was sent. */
  const leaf = (asked: SegmentLeaf, place: JourneyPlace): Report => {
    if (asked.kind === 'trait') return trait(asked.path, below(place, 'path'))
    if (asked.kind !== 'event') return []
    if (asked.type !== 'track' || asked.name === undefined)
      return question({ ...asked, name: undefined }, place)
    if (sent.has(asked.name)) return []
    const meant = commerceNameOf(asked.name) ?? nearestName(asked.name, sent)
    const expected = `an event by the name it is sent with${meant === undefined ? '' : `, such as '${meant}'`}`
    return [unknownEvent(asked.name, below(place, 'name'), expected)]
  }

  return { trait, question, leaf }
}

/** Whether all is there that a journey names: templates and their locales, topics, events, traits, segments, journeys, pools. */
export function validateNames(journey: Journey, world: JourneyWorld): JourneyProblem[] {
  const { trigger, steps } = journey
  const check = nameChecks(journey, world)
  const journeys = new Map([...world.journeys, [journey.id, journey] as const])
  const started = { path: ['trigger'], step: null }
  const report: Report = [
    ...(trigger.kind === 'segment'
      ? listed('unknown-segment', 'segment', trigger.segment, world.segments, below(started, 'segment'))
      : []),
    ...(trigger.kind === 'date' && trigger.date.of === 'trait'
      ? check.trait(trigger.date.path, below(started, 'date', 'path'))
      : []),
    ...questionsIn(journey).flatMap(({ question, place }) => check.question(question, place)),
    ...rulesIn(journey).flatMap(({ rule, place: { path, step } }) =>
      leavesIn(rule, path).flatMap((one) => check.leaf(one.leaf, { path: one.path, step })),
    ),
    ...steps.flatMap((step, position) => {
      const place = { path: ['steps', position], step: step.id }
      if (step.kind === 'send')
        return [...checkTemplate(step, place, world), ...checkTopic(step, place, world)]
      if (step.kind === 'untilDate') return check.trait(step.path, below(place, 'path'))
      if (step.kind === 'coupon' && 'pool' in step.from)
        return listed(
          'unknown-pool',
          'coupon pool',
          step.from.pool,
          world.pools,
          below(place, 'from', 'pool'),
        )
      if (step.kind === 'startJourney' || step.kind === 'endJourney')
        return listed('unknown-journey', 'journey', step.journey, journeys, below(place, 'journey'))
      return []
    }),
  ]
  return report.filter((one) => one !== undefined)
}
