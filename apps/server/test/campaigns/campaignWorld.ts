import type { Settings } from '@ciclo/engine'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { z } from 'zod'
import { CampaignFiguresSchema, RecipientsSchema } from '../../src/routes/campaignSchemas.ts'
import { changeSettings } from '../../src/store/queries/settings.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'

export type Json = Record<string, unknown>
export type Figures = z.infer<typeof CampaignFiguresSchema>

const DAY = 86_400_000

/** In winter: clocks in London show the same. Each test begins at a noon ten days after the one before. */
const NOON = Date.UTC(2026, 0, 14, 12)

/** Everybody who has said who they are. */
export const EVERYBODY = {
  rule: { kind: 'trait', path: ['member'], condition: { operator: 'is', value: true } },
}

export const campaignOf = (more: Json = {}): Json => ({
  name: 'Spring',
  audience: EVERYBODY,
  template: 'win-back',
  schedule: { kind: 'now' },
  ...more,
})

/** What every recipient is one of. */
const partsOf = (figures: Omit<Figures, 'status' | 'variants' | 'comparisons' | 'audience' | 'skipped'>) => [
  figures.waiting,
  figures.queued.total,
  figures.sending,
  figures.sent,
  figures.refused.total,
  figures.failed.total,
  figures.expired,
  figures.dead,
  figures.unknown,
  figures.cancelled,
  figures.erased,
]

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)

/** Whatever has happened, each recipient is in one place. */
export function expectToAddUp(figures: Figures): void {
  const { variants, skipped, audience } = figures
  expect([...partsOf(figures), skipped.total].every((count) => count >= 0)).toBe(true)
  expect(sum([...partsOf(figures), skipped.total]), JSON.stringify(figures)).toBe(audience)
  expect(sum(Object.values(skipped.reasons))).toBe(skipped.total)
  expect(sum(variants.map(({ recipients }) => recipients))).toBe(audience - skipped.total)
  for (const variant of variants) expect(sum(partsOf(variant))).toBe(variant.recipients)
}

/** One Ciclo on a database for all tests, each of which finds it empty, with a server that keeps its mails. */
export function useCampaigns(createDatabase: () => Promise<string>) {
  let day = 0
  let databaseUrl: string
  let test: TestCiclo
  let smtp: SmtpCatcher
  beforeAll(async () => {
    smtp = await startSmtpCatcher()
    databaseUrl = await createDatabase()
    test = await createTestCiclo({ databaseUrl, smtpUrl: smtp.url })
  })
  afterAll(async () => {
    await test.stop()
    await smtp.stop()
  })
  beforeEach(async () => {
    await test.store.write(async (tx) => {
      const { workspaces, keys: _keys, ...emptied } = tx.tables
      for (const table of Object.values(emptied)) await tx.delete(table)
      await tx.update(workspaces).set({ settings: {}, rulesVersion: sql`${workspaces.rulesVersion} + 1` })
    })
    smtp.mails.length = 0
    day += 10
    test.clock.set(NOON + day * DAY)
  })

  const send = async (method: string, path: string, body?: unknown) =>
    await test.request(`/api/campaigns${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const figures = async (id = 'spring'): Promise<Figures> => {
    const found = CampaignFiguresSchema.parse(await send('GET', `/${id}/figures`))
    expectToAddUp(found)
    return found
  }

  return {
    get test() {
      return test
    },
    get smtp() {
      return smtp
    },
    get databaseUrl() {
      return databaseUrl
    },
    send,
    figures,
    now: () => test.clock.now(),
    submit: (...items: ReturnType<TestCiclo['item']>[]) => test.ciclo.ingest.submit(items),
    /** A customer with an address, who gets marketing unless `subscribed` is false. */
    people: async (names: readonly string[], more: { traits?: Json; subscribed?: boolean } = {}) => {
      const { traits = {}, subscribed = true } = more
      await test.ciclo.ingest.submit(
        names.flatMap((name) => {
          const userId = name
          const known = { email: `${name}@example.com`, member: true, ...traits }
          const said = test.item('secret', { type: 'identify', userId, traits: known })
          const asked = test.item('secret', {
            type: 'track',
            name: 'Subscribed',
            userId,
            properties: { email: known.email },
          })
          return subscribed ? [said, asked] : [said]
        }),
      )
    },
    unsubscribe: async (userId: string) => {
      const event = { type: 'track', name: 'Unsubscribed', userId } as const
      await test.ciclo.ingest.submit([test.item('secret', event)])
    },
    idOf: async (userId: string) => (await test.customer(`userId=${userId}`))?.id ?? '',
    save: async (definition: Json, id = 'spring') => await send('PUT', `/${id}`, definition),
    act: async (action: string, id = 'spring') => await send('POST', `/${id}/${action}`),
    launch: async (definition: Json = campaignOf(), id = 'spring') => {
      await send('PUT', `/${id}`, definition)
      return await send('POST', `/${id}/start`)
    },
    settle: () => test.ciclo.settle(),
    passTime: async (milliseconds: number) => {
      const now = new Date(test.clock.now() + milliseconds).toISOString()
      await test.request('/api/test/clock', { method: 'POST', body: JSON.stringify({ now }) })
    },
    set: async (settings: Partial<Record<keyof Settings, unknown>>) => {
      await test.store.write((tx) =>
        changeSettings(tx, test.workspaceId, test.clock.now(), (stored) => ({ ...stored, ...settings })),
      )
    },
    /** Each recipient by the name before its address, as it stands. */
    recipients: async (id = 'spring', query = '') => {
      const { recipients } = RecipientsSchema.parse(await send('GET', `/${id}/recipients?limit=200${query}`))
      const names = await test.store.read(async (tx) => {
        const rows = await tx
          .select({ id: tx.tables.customers.id, userId: tx.tables.customers.userId })
          .from(tx.tables.customers)
        return new Map(rows.map((row) => [row.id, row.userId]))
      })
      return recipients.map(({ customerId, ...recipient }) => ({
        ...recipient,
        name: names.get(customerId) ?? customerId,
      }))
    },
    mailsTo: (name: string) => smtp.mailsTo(`${name}@example.com`),
  }
}
