import { STATES, type LifecycleValue, type Region } from '@ciclo/engine'
import { and, eq, gte, inArray, lt, sql, type Column, type SQL } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { rangesOf, STANDING_REGIONS, standingOf } from './listings.ts'
import { typedWords, wordRange } from './listingWords.ts'

type States = { [R in Region]?: readonly LifecycleValue[R][] | undefined }

/** Who is looked for. What is left out, or an empty list, asks for nothing. */
export interface CustomerFilter extends States {
  /** What was typed: each of its parts has to begin an address, userId or name. */
  text?: string | undefined
  /** The id of a saved segment. */
  segment?: string | undefined
  country?: string | undefined
  locale?: string | undefined
}

const ALL: { [R in Region]: readonly LifecycleValue[R][] } = STATES

const wantedOf = <R extends Region>(filter: CustomerFilter, region: R): readonly LifecycleValue[R][] => {
  const wanted: States[R] = filter[region]
  return wanted && wanted.length > 0 ? wanted : ALL[region]
}

/** The numbers of the states that are asked for, or undefined where all are. */
function standingsOf(filter: CustomerFilter): number[] | undefined {
  if (STANDING_REGIONS.every((region) => wantedOf(filter, region).length === STATES[region].length))
    return undefined
  return wantedOf(filter, 'value').flatMap((value) =>
    wantedOf(filter, 'engagement').flatMap((engagement) =>
      wantedOf(filter, 'permission').flatMap((permission) =>
        wantedOf(filter, 'advocacy').map((advocacy) =>
          standingOf({ value, engagement, permission, advocacy }),
        ),
      ),
    ),
  )
}

const idsOfWord = (tx: ReadTx, workspaceId: string, [from, to]: readonly [string, string]) => {
  const { listingWords } = tx.tables
  // Somebody may have several words that begin alike.
  return tx
    .selectDistinct({ id: listingWords.customerId })
    .from(listingWords)
    .where(
      and(eq(listingWords.workspaceId, workspaceId), gte(listingWords.word, from), lt(listingWords.word, to)),
    )
}

const idsOfSegment = (tx: ReadTx, workspaceId: string, segmentId: string) => {
  const { segmentMembers } = tx.tables
  return tx
    .select({ id: segmentMembers.customerId })
    .from(segmentMembers)
    .where(and(eq(segmentMembers.workspaceId, workspaceId), eq(segmentMembers.segmentId, segmentId)))
}

/** Where the ids of those stand who have something, and whether one customer has it. */
export interface Source {
  ids: (limit?: number) => ReturnType<ReturnType<typeof idsOfWord>['as']>
  holds: (customerId: Column) => SQL
}

function sourcesOf(tx: ReadTx, workspaceId: string, { text, segment }: CustomerFilter): Source[] {
  const { listingWords, segmentMembers } = tx.tables
  const words = typedWords(text ?? '').map((word): Source => {
    const range = wordRange(word)
    return {
      ids: (limit) => {
        const ids = idsOfWord(tx, workspaceId, range)
        return (limit === undefined ? ids : ids.limit(limit)).as('ids')
      },
      holds: (
        id,
      ) => sql`exists (select 1 from ${listingWords} where ${listingWords.workspaceId} = ${workspaceId}
        and ${listingWords.customerId} = ${id} and ${listingWords.word} >= ${range[0]}
        and ${listingWords.word} < ${range[1]})`,
    }
  })
  if (segment === undefined) return words
  const ofSegment: Source = {
    ids: (limit) => {
      const ids = idsOfSegment(tx, workspaceId, segment)
      return (limit === undefined ? ids : ids.limit(limit)).as('ids')
    },
    holds: (id) => sql`exists (select 1 from ${segmentMembers}
      where ${segmentMembers.workspaceId} = ${workspaceId} and ${segmentMembers.segmentId} = ${segment}
      and ${segmentMembers.customerId} = ${id})`,
  }
  return [...words, ofSegment]
}

/** The columns that a listing is judged by: of the table, or of a part of it. */
export interface Judged {
  id: Column
  standing: Column
  country: Column
  locale: Column
}

/** A filter as the queries ask it. */
export function readFilter(tx: ReadTx, workspaceId: string, filter: CustomerFilter) {
  const { country, locale } = filter
  const standings = standingsOf(filter)
  const stages = wantedOf(filter, 'stage')
  const isAnyStage = stages.length === STATES.stage.length
  const isAnyState = standings === undefined && country === undefined && locale === undefined
  return {
    /** The ranges of the list in which who is looked for may stand. */
    stages: stages.flatMap((stage) => rangesOf(stage, typedWords(filter.text ?? '').length > 0)),
    isAnyStage,
    sources: sourcesOf(tx, workspaceId, filter),
    /** Whether everybody who is in all sources is looked for. */
    isOpen: isAnyStage && isAnyState,
    /** Whether the states, country and locale of a listing are those that are asked for. */
    isWanted: (judged: Judged): SQL | undefined =>
      and(
        standings && inArray(judged.standing, standings),
        country === undefined ? undefined : eq(judged.country, country),
        locale === undefined ? undefined : eq(judged.locale, locale),
      ),
  }
}

export type ReadFilter = ReturnType<typeof readFilter>
