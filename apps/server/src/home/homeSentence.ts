import type { Stage } from '../store/queries/stageFigures.ts'
import type { HomeHealth } from './homeHealth.ts'
import type { HomeLanguage } from './homeLanguage.ts'
import type { Moved } from './homeWords.ts'
import type { HomeMap } from './readHomeMap.ts'

/** All that the first sentence and the things to do are made of. */
export interface HomeFacts {
  now: number
  /** Null while it is being counted for the first time. */
  map: HomeMap | null
  health: HomeHealth
  /** Whether the shop has told its postal address. */
  hasAddress: boolean
}

/** More names than this are a list, not a sentence. */
const MOST_NAMES = 3

/** Nothing has come in, and nobody is there. */
export const isEmptyShop = ({ map, health }: Pick<HomeFacts, 'map' | 'health'>): boolean =>
  map?.customers === 0 && health.sources.every(({ lastAt }) => lastAt === null)

/** What is broken, the gravest first: each as the beginning of a sentence, without its full stop. */
export function brokenThings({ now, health }: HomeFacts, { words, span, ago }: HomeLanguage): string[] {
  const { late, lateSince, silence, parkedInputs, parkedCustomers, failingJobs, senders } = health
  const parked = Math.max(parkedInputs, parkedCustomers)
  return [
    ...(late > 0 ? [words.late(late, ago(now - (lateSince ?? now)))] : []),
    ...senders.filter(({ status }) => status === 'stopped').map(({ id }) => words.stopped(id)),
    ...(silence === null ? [] : [words.silent(span(silence))]),
    ...(parked > 0 ? [words.parked(parked)] : []),
    ...failingJobs.map((job) => words.failing(job)),
  ]
}

/** What has moved this week, as one sentence: those about to be lost before those who came. Undefined where nobody has. */
function movement({ stages }: HomeMap, { words, names, money }: HomeLanguage): string | undefined {
  const movedTo = (stage: Stage): Moved | undefined => {
    const figures = stages.find((one) => one.stage === stage)
    if (!figures || figures.week.people === 0) return undefined
    const { people, spend } = figures.week
    const isNamed = people <= MOST_NAMES && figures.week.names.length === people
    return { people, names: isNamed ? names(figures.week.names) : null, spend: money(spend) }
  }
  const sentences = [
    ['atRisk', words.atRisk],
    ['lapsed', words.lapsed],
    ['reactivated', words.reactivated],
    ['new', words.first],
    ['prospect', words.prospect],
  ] as const
  for (const [stage, sentence] of sentences) {
    const moved = movedTo(stage)
    if (moved) return sentence(moved)
  }
  return undefined
}

/** How things stand, in one or two short sentences: what is broken, else what has moved, else that all is calm. */
export function homeSentence(facts: HomeFacts, language: HomeLanguage): string {
  const { words } = language
  const [gravest, ...others] = brokenThings(facts, language)
  if (gravest !== undefined) return `${gravest}${others.length > 0 ? words.more(others.length) : ''}.`
  if (isEmptyShop(facts)) return words.empty
  if (!facts.map) return words.counting
  return `${words.sound} ${movement(facts.map, language) ?? words.calm}`
}
