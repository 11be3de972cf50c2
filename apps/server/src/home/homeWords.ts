import type { Stage } from '../store/queries/stageFigures.ts'
import type { OfferedJourney } from './stageOffers.ts'

/** Customers who moved: how many, by name where these are few and known, and what they spend a year. */
export interface Moved {
  people: number
  /** `Ana García and Bogdan Ionescu`; null where there are too many. */
  names: string | null
  /** `€9,400`; null where they have spent nothing. */
  spend: string | null
}

/** What a thing to do says: what it is about, why, and what the button does. */
export interface TaskWords {
  title: string
  text: string
  action: string
}

/** The sentences of the first page and of the weekly mail, in one language. Counts come as numbers, all else as text. */
export interface HomeWords {
  empty: string
  counting: string
  sound: string
  calm: string
  /** What is broken, the gravest first. */
  late: (mails: number, ago: string) => string
  stopped: (sender: string) => string
  silent: (hours: string) => string
  parked: (inputs: number) => string
  failing: (job: string) => string
  /** After the gravest: how many more there are. */
  more: (others: number) => string
  /** So long ago. */
  hoursAgo: (count: number) => string
  daysAgo: (count: number) => string
  /** A length of time in whole hours or days. */
  hours: (count: number) => string
  days: (count: number) => string
  /** What has moved this week. */
  atRisk: (moved: Moved) => string
  lapsed: (moved: Moved) => string
  reactivated: (moved: Moved) => string
  first: (moved: Moved) => string
  prospect: (moved: Moved) => string
  stages: Record<Stage, string>
  /** The shipped journeys that are offered, by their ids, where they still have the name that they came with. */
  journeys: Record<OfferedJourney, string>
  tasks: {
    empty: TaskWords
    late: (mails: number) => TaskWords
    stopped: (sender: string, reason: string) => TaskWords
    silent: (hours: string) => TaskWords
    parked: (inputs: number) => TaskWords
    address: TaskWords
    records: (sender: string, records: string) => TaskWords
    journey: (people: number, stage: string, journey: string) => TaskWords
    atRisk: (people: number) => TaskWords
    lapsed: (people: number) => TaskWords
    pending: (people: number) => TaskWords
  }
  mail: {
    /** The shop, and the day of the report. */
    subject: (shop: string, day: string) => string
    toDo: string
    nothingToDo: string
    money: string
    revenue: string
    attributed: string
    days: (count: number) => string
    before: string
    customers: string
    thisWeek: string
    sent: (mails: number) => string
    clicks: (clicks: number) => string
    complaints: (complaints: number) => string
    unsubscribes: (people: number) => string
    planned: (mails: number) => string
    /** What those customers spend, whom a thing to do is about. */
    stake: (money: string) => string
    open: string
    why: string
    settings: string
    change: (difference: string) => string
  }
}
