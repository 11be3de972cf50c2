import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mentions, withoutAddresses } from '../src/dataRights/mentions.ts'
import { eraseMails } from '../src/mail/eraseMails.ts'
import { openStore } from '../src/store/openStore.ts'
import { CUSTOMER_TABLES } from '../src/store/queries/exportPages.ts'
import { sqliteSchema } from '../src/store/schema.sqlite.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

/** Tables without a customer's column, and why no export and no erasure of theirs is needed, or how it is done. */
const WITHOUT_CUSTOMERS: Record<string, string> = {
  workspaces: 'the shop',
  keys: 'the shop',
  receipts: 'erasure makes the ids keyed hashes',
  customers: 'the profile of the export; erased by id',
  suppressions: 'keyed hashes; the address beside one is forgotten',
  confirmations: 'keyed hashes; erased by them',
  journeys: 'the shop',
  products: 'the shop',
  productPrices: 'the shop',
  productNews: 'the shop',
  recommendations: 'what the shop’s customers together say',
  connections: 'the shop',
  deliveries: 'the shop: nothing of what they said',
  pulls: 'the shop',
  subscriptions: 'the shop',
  imports: 'the shop',
  productFeeds: 'the shop',
  audit: 'keyed hashes',
  leases: 'the installation',
  rulesVersions: 'what the shop’s customers together say',
  jobs: 'the shop',
  segments: 'the shop',
  templates: 'the shop',
  senders: 'the shop',
  sendingCounts: 'counts by sender and mailbox provider',
  campaigns: 'the shop',
  onsiteMessages: 'the shop',
  images: 'the shop',
  imageFiles: 'the shop',
  pageCounts: 'counts by page and day',
  reports: 'those whose text names the address are erased',
  milestones: 'the shop',
  eventCounts: 'counts by source and hour',
  members: 'who works in the studio',
  invitations: 'who is to work in the studio',
  users: 'who works in the studio',
  sessions: 'who works in the studio',
  accounts: 'who works in the studio',
  verifications: 'who works in the studio',
}

/** Made of what the export has: erased with the customer, and exported as that. */
const DERIVED = ['listings', 'listingWords', 'orderLines', 'productInterests']

describe('the tables', () => {
  it.each(Object.entries(sqliteSchema))(
    '%s is exported and erased, or holds nothing of a customer',
    (name, table) => {
      if ('customerId' in table) expect([...CUSTOMER_TABLES, ...DERIVED]).toContain(name)
      else expect(Object.keys(WITHOUT_CUSTOMERS)).toContain(name)
    },
  )
})

describe('an address in the data of others', () => {
  it.each([
    ['ann@x.org', true],
    ['Mail <ANN@X.org>, please', true],
    ['mailto:ann@x.org?subject=x', true],
    ['(ann@x.org.)', true],
    ['joann@x.org', false],
    ['jo.ann@x.org', false],
    ['ann@x.org.uk', false],
    ['ann@x.organic', false],
    ['annex', false],
  ])('in "%s" is found: %s', (text, isFound) => {
    const value = { a: [{ b: text }], [text]: 1 }
    expect(mentions(value, ['ann@x.org', 'bob+1@y.org'])).toBe(isFound)
    const without = JSON.stringify(withoutAddresses(value, ['ann@x.org']))
    expect(without === JSON.stringify(value)).toBe(!isFound)
    if (isFound) expect(without.toLowerCase()).not.toContain('ann@x.org')
  })
})

describe('the embedded mailbox', () => {
  it('loses the mails to an address and keeps those that only speak of it', async () => {
    const mails = {
      'a.eml': 'To: Ann <ANN@x.org>\r\nSubject: x\r\n\r\nHello',
      'b.eml': 'To: bob@y.org\r\nCc: ann@x.org\r\n\r\nHello',
      'c.eml': 'To: bob@y.org\r\nSubject: about ann@x.org\r\n\r\nann@x.org',
      'd.eml.part': 'To: ann@x.org\r\n\r\n',
    }
    const path = join(folder.path, 'mailbox')
    mkdirSync(path)
    for (const [name, text] of Object.entries(mails)) writeFileSync(join(path, name), text)
    expect(await eraseMails(path, ['ann@x.org'])).toBe(2)
    expect(readdirSync(path)).toEqual(['c.eml', 'd.eml.part'])
    expect(await eraseMails(join(folder.path, 'none'), ['ann@x.org'])).toBe(0)
  })
})

describe('a purge', () => {
  it('finds its moment also where reads and writes never end', async () => {
    const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
    const ended = new AbortController()
    const read = async () => {
      while (!ended.signal.aborted) {
        await store.read(async (tx) => {
          for (let query = 0; query < 5; query += 1) {
            await tx.select().from(tx.tables.leases)
            await new Promise(setImmediate)
          }
        })
      }
    }
    const write = async () => {
      for (let number = 0; !ended.signal.aborted; number += 1) {
        await store.write(async (tx) => {
          await tx.insert(tx.tables.leases).values({ name: `${number}`, holder: 'x', until: 0, fence: 0 })
        })
        await new Promise(setImmediate)
      }
    }
    const others = [read(), read(), read(), write()]
    expect(await store.purge()).toBe(true)
    ended.abort()
    await Promise.all(others)
    await store.close()
  })

  it('says that another program has kept it from its end', async () => {
    const path = join(folder.path, 'ciclo.db')
    const store = await openStore(`file:${path}`)
    const reader = new Database(path, { readonly: true })
    reader.exec('begin')
    reader.prepare('select * from leases').all()
    await store.write(async (tx) => {
      await tx.insert(tx.tables.leases).values({ name: 'x', holder: 'x', until: 0, fence: 0 })
    })
    // It is asked again for ten seconds.
    expect(await store.purge()).toBe(false)
    reader.close()
    expect(await store.purge()).toBe(true)
    await store.close()
  }, 20_000)
})
