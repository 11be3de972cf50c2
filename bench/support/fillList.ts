import { join } from 'node:path'
import { createCustomer, STATES, type Customer } from '@ciclo/engine'
import Database from 'better-sqlite3'
import { insertRows } from '../../apps/server/src/store/insertRows.ts'
import { saveCustomers } from '../../apps/server/src/store/queries/customers.ts'
import type { Store } from '../../apps/server/src/store/store.ts'

const DAY = 86_400_000
const CUSTOMERS_AT_ONCE = 5_000

/** The saved segments of a filled list: how many of all customers are in each. */
const FILLED_SEGMENTS = { many: 0.2, some: 0.02, few: 0.0005 } as const

const FIRST_NAMES =
  'Józef Ana María Łukasz Elena Bogdan Ștefan Zofia Hugo Irina Jonas Kasia Liam Chloé Noé Ivana Pedro Lucía Marek Ewa Radu Ioana Olivia Jack Emma Noah Mia Ben Lea Paul Inés Álvaro Karol Magda Vlad Dana Grace Oscar Ruth Samuel'.split(
    ' ',
  )
const LAST_NAMES =
  'Kowalski García Nowak Ionescu Popa Zieliński Okafor Martín Dumitru Berg Wiśniewska Núñez Smith Muñoz Lis Pérez Gómez Wójcik Kamiński Lewandowski Popescu Stan Rusu Jones Brown Taylor Müller Weber Fischer Dubois Moreau Ramírez Torres Castro Ortega Mazur Duda Marin Toma Evans'.split(
    ' ',
  )
const COUNTRIES = ['ES', 'PL', 'RO', 'GB', 'DE', 'FR', 'MX', 'IS']
const LOCALES = ['es', 'pl', 'ro', 'en', 'de', 'fr', 'es-MX', 'is']

/** A number from 0 up to 1 that belongs to a place: the same each time, and spread (splitmix32, public domain). */
function chance(place: number, salt: number): number {
  let mixed = Math.imul(place + 1, 0x9e_37_79_b9) ^ Math.imul(salt + 1, 0x85_eb_ca_6b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21_f0_aa_ad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x73_5a_2d_97)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
}

/** One of a list, the first ones far more often: each as often as all behind it. */
const oneOf = <Item>(items: readonly Item[], share: number): Item =>
  items[Math.min(items.length - 1, Math.floor(-Math.log2(1 - share)))] as Item
const anyOf = <Item>(items: readonly Item[], share: number): Item =>
  items[Math.floor(share * items.length)] as Item

const idOf = (place: number) => `01FILLED${String(place).padStart(18, '0')}`

/** Half of them visitors, the others with names and addresses; a quarter has ordered, longer ago the more are lost. */
function customerAt(place: number, now: number): Customer {
  const base = createCustomer(idOf(place))
  if (chance(place, 0) < 0.5)
    return { ...base, locale: { value: oneOf(LOCALES, chance(place, 1)), from: 'page' } }
  const firstName = anyOf(FIRST_NAMES, chance(place, 2))
  const lastName = anyOf(LAST_NAMES, chance(place, 3))
  const hasOrdered = chance(place, 4) < 0.5
  const age = Math.floor(chance(place, 5) * 900)
  const stage = !hasOrdered
    ? 'prospect'
    : age < 60
      ? anyOf(['new', 'active', 'reactivated'] as const, chance(place, 6))
      : age < 120
        ? 'atRisk'
        : age < 300
          ? 'lapsed'
          : 'lost'
  const lastAt = now - age * DAY - Math.floor(chance(place, 7) * DAY)
  const revenue = Math.floor(1_000 * (1 + 300 * chance(place, 8) ** 6))
  return {
    ...base,
    email: `${firstName}.${lastName}.${place}@example.com`.toLowerCase(),
    userId: `user-${place}`,
    traits: { firstName, lastName },
    country: { code: oneOf(COUNTRIES, chance(place, 9)), from: 'shop' },
    locale: { value: oneOf(LOCALES, chance(place, 10)), from: 'trait' },
    lifecycle: {
      context: { ...base.lifecycle.context, lastOrderAt: hasOrdered ? lastAt : null, engagedAt: lastAt },
      value: {
        stage,
        value: hasOrdered && revenue > 100_000 ? 'vip' : 'standard',
        engagement: anyOf(STATES.engagement, chance(place, 11)),
        permission: oneOf(['none', 'subscribed', 'unsubscribed', 'pending', 'suppressed'], chance(place, 12)),
        advocacy: oneOf(STATES.advocacy, chance(place, 13)),
      },
    },
    figures: hasOrdered
      ? {
          count: 1 + Math.floor(6 * chance(place, 14)),
          orderDays: 1,
          positive: 1,
          revenue: { EUR: revenue },
          firstAt: lastAt,
          lastAt,
        }
      : base.figures,
  }
}

/**
 * A database with many customers as the server itself writes them, and three saved segments. Its indexes are made
 * afterwards, without syncing: nobody depends on it until it is whole. One that was filled before stays as it is.
 */
export async function fillList(
  folder: string,
  { store, workspaceId, customers }: { store: Store; workspaceId: string; customers: number },
): Promise<void> {
  const now = Date.now()
  const isFilled = await store.read(
    async (tx) =>
      (await tx.select({ id: tx.tables.segments.id }).from(tx.tables.segments).limit(1)).length > 0,
  )
  if (isFilled) return
  const handle = new Database(join(folder, 'ciclo.db'))
  const indexes = handle
    .prepare(
      "select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in ('customers', 'listings', 'listing_words', 'segment_members')",
    )
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) handle.exec(`drop index "${name}"`)
  for (let first = 0; first < customers; first += CUSTOMERS_AT_ONCE) {
    const places = Array.from(
      { length: Math.min(CUSTOMERS_AT_ONCE, customers - first) },
      (_, at) => first + at,
    )
    await store.write(async (tx) => {
      const saved = places.map((place) => ({
        customer: customerAt(place, now),
        stored: null,
        parked: null,
        createdAt: now - Math.floor(chance(place, 15) * 900 * DAY),
      }))
      await saveCustomers(tx, workspaceId, saved, now - Math.floor(chance(first, 16) * 90 * DAY))
      const members = Object.entries(FILLED_SEGMENTS).flatMap(([segmentId, share]) =>
        places
          .filter((place) => chance(place, 17) < share)
          .map((place) => ({ workspaceId, segmentId, customerId: idOf(place), since: now })),
      )
      await insertRows(tx, tx.tables.segmentMembers, members)
    })
  }
  handle.pragma('synchronous = OFF')
  handle.pragma('cache_size = -524288')
  for (const { sql } of indexes) handle.exec(sql)
  handle.close()
  await store.write(async (tx) => {
    const rule = { kind: 'lifecycle', region: 'stage', states: ['lost'] }
    const rows = Object.keys(FILLED_SEGMENTS).map((id) => ({
      workspaceId,
      id,
      name: id,
      rule,
      status: 'live' as const,
      createdAt: now,
      updatedAt: now,
    }))
    await insertRows(tx, tx.tables.segments, rows)
  })
}
