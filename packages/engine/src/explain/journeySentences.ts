import type { Refusal, Waiting } from '../policy.ts'

type Named = (name: string) => string
/** When, as a day with its time. */
type Timed = (moment: string) => string

/** What a rule looks at, where it keeps somebody out. */
export const PART_NOUNS = [
  'consent',
  'reachable',
  'language',
  'country',
  'orderCount',
  'revenue',
  'average',
  'firstOrder',
  'lastOrder',
  'engagement',
  'rfm',
  'prediction',
] as const
export type PartNoun = (typeof PART_NOUNS)[number]

/** How a run ended, where nothing more has to be named. */
const PLAIN_ENDS = [
  'completed',
  'goal',
  'held-out',
  'unsubscribed',
  'suppressed',
  'overtaken',
  'merged',
  'removed',
] as const
export type PlainEnd = (typeof PLAIN_ENDS)[number]

const PLAIN: ReadonlySet<string> = new Set(PLAIN_ENDS)
export const isPlainEnd = (end: string): end is PlainEnd => PLAIN.has(end)

/**
 * All that a language says of how somebody stands to a journey. Whole clauses, which must be able to stand between a
 * colon, semicolons and a full stop; names, states and times come in as text.
 */
export interface JourneySentences {
  /** Heads. */
  in: (date: string) => string
  out: string
  willEnter: string
  mayEnter: string
  staysOut: string
  mails: string

  atStep: Named
  moreRuns: (count: number) => string
  waits: {
    time: Timed
    event: (event: string, moment: string) => string
    condition: Timed
    cartClosed: Timed
    held: Timed
    unsent: Timed
  }
  nextMail: (template: string, moment: string) => string
  endsBy: (names: string) => string
  endsByGoal: Timed

  asked: { opening: Timed; date: Timed; schedule: Timed }
  starts: {
    enters: Named
    leaves: Named
    moves: (from: string, to: string) => string
    event: Named
    anyEvent: string
    rfm: Named
    segmentIn: Named
    segmentOut: Named
    date: string
    schedule: string
    api: string
  }
  isThere: string
  heldOut: string

  refusals: {
    paused: string
    'not-live': string
    entry: string
    'schedule-rule': string
    running: string
    'too-many': string
    reentryNever: string
    reentryUntil: Timed
    excluded: Named
    exit: Named
    goal: string
    unsubscribed: string
    suppressed: string
    /** Of a request: it was not carried out, or was before. */
    parked: string
    duplicate: string
    erased: string
  }
  /** What of the rule is not as it has to be. */
  failing: (parts: string) => string
  parts: Record<PartNoun, string> & {
    trait: Named
    state: Named
    event: (event: string, count: string, needed: string) => string
  }

  before: (count: number) => string
  lastFrom: (date: string) => string
  ends: Record<PlainEnd, string> & { exit: Named; endedBy: Named }

  mailNow: string
  /** Without a moment: nobody knows how long. */
  mailWaits: Record<Waiting, string>
  until: Timed
  mailRefused: Record<Refusal, string>

  /** What happens on the way, as a simulation tells it. */
  told: {
    event: Named
    identified: string
    page: string
    begins: Named
    ends: Record<PlainEnd, Named> & {
      exit: (journey: string, name: string) => string
      endedBy: (journey: string, other: string) => string
    }
    mail: Named
    sent: string
    withdrawn: string
    coupon: Named
    webhook: Named
  }
}
