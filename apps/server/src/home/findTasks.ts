import type { Money, Stage } from '../store/queries/stageFigures.ts'
import { isEmptyShop, type HomeFacts } from './homeSentence.ts'
import type { HomeLanguage } from './homeLanguage.ts'
import type { TaskWords } from './homeWords.ts'
import type { MapOffer } from './readHomeMap.ts'
import { OFFERS } from './stageOffers.ts'

/** Something that is worth doing now, and where it is done. */
export interface HomeTask extends TaskWords {
  kind: string
  /** How many customers it is about; null where it is about none in particular. */
  people: number | null
  /** In a small shop all of them by name. */
  names: readonly string[]
  /** What they have spent in the last 365 days. */
  money: Money
  /** A page of the studio; null where a journey is switched on. */
  to: string | null
  journey: MapOffer | null
}

const MOST_TASKS = 3
/** Some never confirm: below so many there is nothing to look into. */
const FEWEST_PENDING = 5

/** What a journey is called: in the reader's language for as long as it has the name that it came with. */
function journeyName({ id, name }: MapOffer, { words }: HomeLanguage): string {
  const shipped = OFFERS.find(({ journey }) => journey === id)
  return shipped?.name === name ? words.journeys[shipped.journey] : name
}

const sumOf = (money: Money) => Object.values(money).reduce((sum, amount) => sum + amount, 0)

const task = (kind: string, words: TaskWords, to: string, people: number | null = null): HomeTask => ({
  kind,
  ...words,
  people,
  names: [],
  money: {},
  to,
  journey: null,
})

/** What is broken and what is missing: it goes before everything that only could be better. */
function repairs(
  { map, health, hasAddress }: HomeFacts,
  { words: { tasks }, span }: HomeLanguage,
): HomeTask[] {
  const { late, silence, parkedInputs, parkedCustomers, senders } = health
  const parked = Math.max(parkedInputs, parkedCustomers)
  return [
    ...(isEmptyShop({ map, health }) ? [task('empty', tasks.empty, '/guide')] : []),
    ...(late > 0 ? [task('late', tasks.late(late), '/messages?state=queued')] : []),
    ...senders
      .filter(({ status }) => status === 'stopped')
      .map(({ id, reason }) => task('stopped', tasks.stopped(id, reason ?? '-'), '/settings/senders')),
    ...(silence === null ? [] : [task('silent', tasks.silent(span(silence)), '/guide')]),
    ...(parked > 0
      ? [task('parked', tasks.parked(parked), '/settings/data', parkedCustomers > 0 ? parkedCustomers : null)]
      : []),
    ...(hasAddress || isEmptyShop({ map, health }) ? [] : [task('address', tasks.address, '/settings/shop')]),
    ...senders
      .filter(({ status, wrong }) => status !== 'draft' && wrong.length > 0)
      .map(({ id, wrong }) =>
        task(
          'records',
          tasks.records(id, wrong.map((check) => check.toUpperCase()).join(', ')),
          '/settings/senders',
        ),
      ),
  ]
}

/** Whom something could be done for, by the money that is at stake. */
function chances({ map }: HomeFacts, language: HomeLanguage): HomeTask[] {
  const { tasks, stages: called } = language.words
  if (!map) return []
  const of = (stage: Stage) => map.stages.find((one) => one.stage === stage)
  const offered = map.offers.flatMap((offer): HomeTask[] => {
    const month = of(offer.stage)?.month
    if (!month || month.people === 0) return []
    const name = journeyName(offer, language)
    const words = tasks.journey(month.people, called[offer.stage], name)
    const journey = { ...offer, name }
    return [
      {
        kind: 'journey',
        ...words,
        people: month.people,
        names: month.names,
        money: month.spend,
        to: null,
        journey,
      },
    ]
  })
  const isOffered = (stage: Stage) => map.offers.some((offer) => offer.stage === stage)
  const looked = (['atRisk', 'lapsed'] as const).flatMap((stage): HomeTask[] => {
    const figures = of(stage)
    const arrived = stage === 'atRisk' ? figures?.week : figures?.month
    if (!arrived || arrived.people === 0 || isOffered(stage)) return []
    const { people, names, spend } = arrived
    const to = `/customers?stage=${stage}`
    return [{ kind: stage, ...tasks[stage](people), people, names, money: spend, to, journey: null }]
  })
  const pending = map.awaitingConfirmation
  const asked: HomeTask[] =
    pending < FEWEST_PENDING
      ? []
      : [
          {
            kind: 'pending',
            ...tasks.pending(pending),
            people: pending,
            names: [],
            money: {},
            to: '/customers?permission=pending',
            journey: null,
          },
        ]
  return [
    ...[...offered, ...looked].toSorted(
      (one, other) => sumOf(other.money) - sumOf(one.money) || (other.people ?? 0) - (one.people ?? 0),
    ),
    ...asked,
  ]
}

/** At most three things to do: what is broken first, then where most money is at stake. */
export const findTasks = (facts: HomeFacts, language: HomeLanguage): HomeTask[] =>
  [...repairs(facts, language), ...chances(facts, language)].slice(0, MOST_TASKS)
