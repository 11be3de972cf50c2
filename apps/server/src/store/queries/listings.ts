import { STATES, type Customer, type LifecycleValue, type Region } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { Tx } from '../store.ts'
import { wordsOf } from './listingWords.ts'

/** A customer that a transaction writes. */
export interface ListedCustomer {
  customer: Customer
  /** As it was read in this transaction; null where the list may not have it. */
  stored: Customer | null
  createdAt: number
}

/** The regions that `standing` holds: all but the stage. */
export const STANDING_REGIONS = ['value', 'engagement', 'permission', 'advocacy'] as const satisfies Region[]

/** The states of all regions but the stage, as one number: each is a digit to the base of its region's states. */
export const standingOf = (value: Pick<LifecycleValue, (typeof STANDING_REGIONS)[number]>): number =>
  STANDING_REGIONS.reduce((sum, region) => {
    const states: readonly string[] = STATES[region]
    return sum * states.length + states.indexOf(value[region])
  }, 0)

/** An index of PostgreSQL takes no text of any length. */
const LONGEST_LOCALE = 35

/** Where visitors stand of whom nothing is known: nobody who is looked for by a text is among them. */
const ANONYMOUS = 'anonymous'

/** The ranges of the list in which the customers of a stage stand: whom a text finds, or all of them. */
export const rangesOf = (stage: LifecycleValue['stage'], isByText: boolean): string[] =>
  stage === 'visitor' && !isByText ? [stage, ANONYMOUS] : [stage]

const isAnonymous = (customer: Customer) =>
  customer.lifecycle.value.stage === 'visitor' && wordsOf(customer).length === 0

const placeOf = ({ lifecycle, figures, country, locale }: Customer) => ({
  standing: standingOf(lifecycle.value),
  country: country?.code ?? '',
  locale: locale?.value.slice(0, LONGEST_LOCALE) ?? '',
  lastOrderAt: figures.lastAt ?? 0,
  revenue: Math.max(0, ...Object.values(figures.revenue)),
})

function hasMoved({ customer, stored }: ListedCustomer): boolean {
  if (stored === null) return true
  if (customer.lifecycle.value.stage !== stored.lifecycle.value.stage) return true
  const before: Record<string, unknown> = placeOf(stored)
  return Object.entries(placeOf(customer)).some(([name, value]) => value !== before[name])
}

function hasOtherWords({ customer, stored }: ListedCustomer): boolean {
  if (stored === null) return true
  const { email, userId, claims, traits } = customer
  if (
    email === stored.email &&
    userId === stored.userId &&
    claims === stored.claims &&
    traits === stored.traits
  )
    return false
  return wordsOf(customer).join(' ') !== wordsOf(stored).join(' ')
}

/** Takes customers off the list, as those that were merged into others. */
export async function deleteListings(
  tx: Tx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0) return
  for (const table of [tx.tables.listings, tx.tables.listingWords])
    await tx
      .delete(table)
      .where(and(eq(table.workspaceId, workspaceId), tx.dialect.isOneOf(table.customerId, customerIds)))
}

/** Writes what has changed of the customers' places in the list, and of what they are found by. */
export async function saveListings(
  tx: Tx,
  workspaceId: string,
  saved: readonly ListedCustomer[],
  now: number,
): Promise<void> {
  const { listings, listingWords } = tx.tables
  const renamed = saved.filter(hasOtherWords)
  const moved = saved.filter((one) => hasMoved(one) || renamed.includes(one))
  if (moved.length === 0) return
  const rows = moved
    .map(({ customer, createdAt }) => ({
      workspaceId,
      customerId: customer.id,
      stage: isAnonymous(customer) ? ANONYMOUS : customer.lifecycle.value.stage,
      ...placeOf(customer),
      changedAt: now,
      createdAt,
    }))
    .toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1))
  await insertRows(tx, listings, rows).onConflictDoUpdate({
    target: [listings.workspaceId, listings.customerId],
    set: {
      stage: excluded(listings.stage),
      standing: excluded(listings.standing),
      country: excluded(listings.country),
      locale: excluded(listings.locale),
      changedAt: excluded(listings.changedAt),
      lastOrderAt: excluded(listings.lastOrderAt),
      revenue: excluded(listings.revenue),
    },
  })
  const known = renamed.filter(({ stored }) => stored !== null).map(({ customer }) => customer.id)
  if (known.length > 0)
    await tx
      .delete(listingWords)
      .where(
        and(eq(listingWords.workspaceId, workspaceId), tx.dialect.isOneOf(listingWords.customerId, known)),
      )
  const words = renamed
    .flatMap(({ customer }) =>
      wordsOf(customer).map((word) => ({ workspaceId, word, customerId: customer.id })),
    )
    .toSorted((one, other) => (one.word + one.customerId < other.word + other.customerId ? -1 : 1))
  if (words.length > 0) await insertRows(tx, listingWords, words).onConflictDoNothing()
}
