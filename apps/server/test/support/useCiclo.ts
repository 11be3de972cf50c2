import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { ExportSchema } from '../../src/routes/exportSchema.ts'
import { createTestCiclo, SECRET, type TestCiclo } from './createTestCiclo.ts'
import { hashAddress } from '../../src/tokens.ts'

const DAY = 86_400_000

export type Json = Record<string, unknown>

/** A whole Ciclo on a new database for each test, with a real SMTP server, and what tests of one customer's data ask of it. */
export function useCiclo(createDatabase: () => Promise<string>) {
  const world = {
    /** What was sent so far. */
    mails: [] as Email[],
    /** Happens while a mail is in the hands of the SMTP server. */
    whileSending: undefined as (() => Promise<void>) | undefined,
    test: undefined as unknown as TestCiclo,
  }
  let smtp: SMTPServer
  let smtpUrl: string

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData: (stream, _session, done) => {
        buffer(stream)
          .then((source) => PostalMime.parse(source))
          .then(async (mail) => {
            world.mails.push(mail)
            await world.whileSending?.()
          })
          .then(() => done(), done)
      },
    })
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', resolve)
    })
    smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`
  })
  afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())))
  beforeEach(async () => {
    world.mails = []
    world.whileSending = undefined
    world.test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl, demo: true })
  })
  afterEach(() => world.test.stop())

  const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
    world.test.ciclo.ingest.submit(items)
  const item = (...given: Parameters<TestCiclo['item']>) => world.test.item(...given)
  const order = (id: string, more: { userId?: string; email?: string }, day = 0) =>
    item(
      'secret',
      {
        type: 'track',
        name: 'Order Completed',
        ...(more.userId ? { userId: more.userId } : {}),
        properties: { order_id: id, total: 10, ...(more.email ? { email: more.email } : {}) },
      },
      { at: world.test.clock.now() + day * DAY },
    )
  const post = async (path: string, body: Json = {}) =>
    await world.test.request(path, { method: 'POST', body: JSON.stringify(body) })
  const erase = (wanted: Json) => post('/api/erasures', wanted)
  const exportOf = async (query: string) =>
    ExportSchema.parse(JSON.parse(JSON.stringify(await world.test.request(`/api/export?${query}`))))
  const hashOf = (text: string) => hashAddress(SECRET, world.test.workspaceId, text)
  /** Every row of every table, as text. */
  const everything = async () =>
    await world.test.store.read(async (tx) => {
      const all: Json = {}
      for (const [name, table] of Object.entries(tx.tables)) all[name] = await tx.select().from(table)
      return all as Record<string, Json[]>
    })
  const breakState = async (id: string) => {
    await world.test.store.write(async (tx) => {
      const { customers } = tx.tables
      const row = (await tx.select().from(customers)).find((one) => one.id === id)
      if (!row) throw new Error(`There is no customer ${id}`)
      const state = { ...(row.state as object), definition: 99 }
      await tx
        .insert(customers)
        .values({ ...row, state })
        .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { state } })
    })
  }
  const parkCustomer = async (id: string) => {
    await world.test.store.write(async (tx) => {
      const { customers } = tx.tables
      const row = (await tx.select().from(customers)).find((one) => one.id === id)
      if (!row) throw new Error(`There is no customer ${id}`)
      const parked = 'RangeError: a test'
      await tx
        .insert(customers)
        .values(row)
        .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { parked } })
    })
  }
  const found = async (query: string) => {
    const customer = await world.test.customer(query)
    if (!customer) throw new Error(`no customer ${query}`)
    return customer
  }
  const browser = (anonymousId: string, email: string, name = 'Subscribed') =>
    item('public', { type: 'track', name, anonymousId, properties: { email } })
  const subscribe = (email: string, userId: string) =>
    item('secret', { type: 'track', name: 'Subscribed', userId, properties: { email } })
  const linkTo = (path: string, mail: Email | undefined) => {
    const link = mail?.text
      ?.match(/https?:\/\/[^\s<>]+/g)
      ?.find((url) => new URL(url).pathname.startsWith(path))
    if (!link) throw new Error(`no link to ${path}: ${mail?.text}`)
    return link
  }
  const audit = async () => ((await world.test.request('/api/audit')) as { entries: Json[] }).entries

  return {
    world,
    item,
    audit,
    breakState,
    browser,
    erase,
    everything,
    exportOf,
    found,
    hashOf,
    linkTo,
    order,
    parkCustomer,
    post,
    submit,
    subscribe,
  }
}
