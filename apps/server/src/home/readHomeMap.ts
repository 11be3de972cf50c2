import { DAY, type Journey } from '@ciclo/engine'
import { isCurrent, statusOf } from '../journeys/lifeOfVersion.ts'
import { readCurrentVersions, type StoredVersion } from '../store/queries/journeys.ts'
import type { Period } from '../store/queries/countedOrders.ts'
import { readSettings } from '../store/queries/settings.ts'
import {
  countStageMoves,
  countStages,
  growthOfVisitors,
  nameCustomers,
  readArrived,
  readArrivals,
  STAGES,
  sumSpendByStage,
  type Arrivals,
  type Money,
  type Stage,
} from '../store/queries/stageFigures.ts'
import type { Store } from '../store/store.ts'
import { OFFERS, stageOfTrigger } from './stageOffers.ts'

/** Of fewer customers people are told by name and number, never by share. */
const SMALL_SHOP = 100
const NAMES_PER_STAGE = 3

const WEEK = 7 * DAY
const MONTH = 28 * DAY
const YEAR = 365 * DAY

/** In a small shop all of them by name, who came last first; else none. */
interface NamedArrivals extends Arrivals {
  names: string[]
}

interface StageFigures {
  stage: Stage
  customers: number
  /** Of them, those who may be sent marketing. */
  reachable: number
  /** By how many there are more of them than 28 days ago. */
  change: number
  /** What they have spent in the last 365 days. */
  spend: Money
  /** In a small shop the first of them by name, who changed last first; else none. */
  names: string[]
  /** Who came in and is still here. */
  week: NamedArrivals
  month: NamedArrivals
}

/** How many moved from a stage to another in the last 28 days, of all who were in the first one meanwhile. */
interface MapMove {
  from: Stage
  to: Stage
  moves: number
  of: number
}

export interface MapJourney {
  id: string
  name: string
  status: 'live' | 'paused' | 'published'
  stage: Stage
}

/** A journey that could be switched on where a stage has none. */
export interface MapOffer {
  id: string
  name: string
  stage: Stage
  /** How many mails it sends at the most. */
  mails: number
}

export interface HomeMap {
  customers: number
  isSmall: boolean
  awaitingConfirmation: number
  stages: StageFigures[]
  moves: MapMove[]
  journeys: MapJourney[]
  offers: MapOffer[]
}

const NOBODY: Arrivals = { people: 0, spend: {} }

const mailsOf = ({ steps }: Journey) => steps.filter(({ kind }) => kind === 'send').length

/** The journeys at work by their stages, and those that could be. */
function journeysOnMap(versions: readonly StoredVersion[]) {
  const byId = [...Map.groupBy(versions, ({ id }) => id)]
  const journeys = byId.flatMap(([id, own]): MapJourney[] => {
    const status = statusOf(own)
    const shown = own.find(isCurrent) ?? own.find((one) => one.status === 'published')
    const stage = shown && stageOfTrigger(shown.definition.trigger)
    if (!shown || !stage || status === 'draft' || status === 'archived') return []
    return [{ id, name: shown.name, status, stage }]
  })
  const taken = new Set(journeys.map(({ stage }) => stage))
  const offers = OFFERS.flatMap(({ stage, journey }): MapOffer[] => {
    const draft = byId.find(([id]) => id === journey)?.[1].find(({ status }) => status === 'draft')
    if (taken.has(stage) || !draft) return []
    return [{ id: journey, name: draft.name, stage, mails: mailsOf(draft.definition) }]
  })
  return { journeys, offers }
}

/** What is of this instant has happened. */
const lastOf = (length: number, now: number): Period => ({ from: now - length, to: now + 1 })

/** Everybody by stage: how many, what they spend, where they move, and which journeys wait for them there. */
export async function readHomeMap(
  store: Store,
  { workspaceId, now }: { workspaceId: string; now: number },
): Promise<HomeMap> {
  return await store.read(async (tx) => {
    const settings = await readSettings(tx, workspaceId)
    const [lastWeek, lastMonth, lastYear] = [lastOf(WEEK, now), lastOf(MONTH, now), lastOf(YEAR, now)]
    const counts = await countStages(tx, workspaceId)
    const moves = await countStageMoves(tx, workspaceId, lastMonth)
    const visitors = await growthOfVisitors(tx, workspaceId, lastMonth)
    const spend = await sumSpendByStage(tx, workspaceId, lastYear, settings)
    const week = await readArrivals(tx, workspaceId, lastWeek, lastYear, settings)
    const month = await readArrivals(tx, workspaceId, lastMonth, lastYear, settings)
    const customers = counts.reduce((sum, row) => sum + row.customers, 0)
    const isSmall = customers < SMALL_SHOP
    const names = isSmall ? await nameCustomers(tx, workspaceId, SMALL_SHOP) : []
    const namesIn = async (period: Period) => {
      const arrived = isSmall ? await readArrived(tx, workspaceId, period) : []
      return (stage: Stage) => {
        const ids = new Set(arrived.filter((one) => one.stage === stage).map(({ id }) => id))
        return [...ids].flatMap((id) => names.find((one) => one.id === id && one.stage === stage)?.name ?? [])
      }
    }
    const weekNames = await namesIn(lastWeek)
    const monthNames = await namesIn(lastMonth)
    const countOf = (stage: Stage, permission?: string) =>
      counts
        .filter((row) => row.stage === stage && (permission ?? row.permission) === row.permission)
        .reduce((sum, row) => sum + row.customers, 0)
    const movesOf = (end: 'from' | 'to', stage: Stage) =>
      moves.reduce((sum, move) => sum + (move[end] === stage ? move.moves : 0), 0)
    return {
      customers,
      isSmall,
      awaitingConfirmation: STAGES.reduce((sum, stage) => sum + countOf(stage, 'pending'), 0),
      stages: STAGES.map((stage) => ({
        stage,
        customers: countOf(stage),
        reachable: countOf(stage, 'subscribed'),
        change: stage === 'visitor' ? visitors : movesOf('to', stage) - movesOf('from', stage),
        spend: spend.get(stage) ?? {},
        names: names
          .filter((customer) => customer.stage === stage)
          .slice(0, NAMES_PER_STAGE)
          .map(({ name }) => name),
        week: { ...(week.get(stage) ?? NOBODY), names: weekNames(stage) },
        month: { ...(month.get(stage) ?? NOBODY), names: monthNames(stage) },
      })),
      moves: moves.map((move) => ({ ...move, of: countOf(move.from) + movesOf('from', move.from) })),
      ...journeysOnMap(await readCurrentVersions(tx, workspaceId)),
    }
  })
}
