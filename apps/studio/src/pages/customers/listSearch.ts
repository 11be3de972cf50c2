import type { Region } from '@ciclo/engine'
import { REGION_NAMES, REGION_STATES } from './regionStates.ts'

export const LIST_SORTS = ['changed', 'lastOrder', 'revenue', 'created'] as const
export type ListSort = (typeof LIST_SORTS)[number]

/** Of the states that are asked for, those that there are: with commas between them, as they stand in the address. */
type StateFilters = { [R in Region]?: string }

/** Who is looked for, as it stands in the address of the page. */
export interface ListSearch extends StateFilters {
  text?: string
  /** The id of a saved segment. */
  segment?: string
  /** ISO 3166-1 alpha-2. */
  country?: string
  locale?: string
  sort?: ListSort
}

/** The states of a region that a search names. */
export const statesIn = (search: ListSearch, region: Region): string[] =>
  (search[region] ?? '').split(',').filter((state) => state !== '')

const textOf = (value: unknown, most: number): string =>
  // The router reads `?text=100` as a number.
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, most) : ''

/** The search of an address, without whatever in it the list does not know. */
export function readListSearch(given: Record<string, unknown>): ListSearch {
  const search: ListSearch = {}
  const text = textOf(given['text'], 200)
  if (text !== '') search.text = text
  for (const region of REGION_NAMES) {
    const known: readonly string[] = REGION_STATES[region]
    const states = new Set(textOf(given[region], 200).split(','))
    const wanted = known.filter((state) => states.has(state))
    if (wanted.length > 0) search[region] = wanted.join(',')
  }
  const segment = textOf(given['segment'], 200)
  if (segment !== '') search.segment = segment
  const country = textOf(given['country'], 2).toUpperCase()
  if (/^[A-Z]{2}$/.test(country)) search.country = country
  const locale = textOf(given['locale'], 35)
  if (locale !== '') search.locale = locale
  const sort = LIST_SORTS.find((name) => name === given['sort'])
  if (sort !== undefined && sort !== 'changed') search.sort = sort
  return search
}

/** Who is looked for, without the order. */
export function filterOf({ sort: _sort, ...filter }: ListSearch): Omit<ListSearch, 'sort'> {
  return filter
}

/** Whether anything is asked for at all. */
export const isFiltered = (search: ListSearch): boolean => Object.keys(filterOf(search)).length > 0
