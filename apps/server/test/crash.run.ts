import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { HOUR } from '@ciclo/engine'
import { openStore } from '../src/store/openStore.ts'
import { createShopClient, messageIdOf, trackOrder, type ShopClient } from './cdnow.client.ts'
import type { CdnowOrder } from './cdnow.data.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { freePort } from './support/freePort.ts'
import { startSmtpCatcher, type SmtpCatcher } from './support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'

export interface CrashOptions {
  orders: readonly CdnowOrder[]
  /** How many customers subscribe, each of whom is due a welcome mail. */
  subscribers: number
  /** What each kill waits for: a place among the events, or some mails. */
  kills: readonly ('events' | 'mails')[]
  random: () => number
  /** A new, empty database; a SQLite file in the folder when left out. */
  databaseUrl?: string
}

/** What was found right after a kill, before the next start. */
interface Wreck {
  kind: 'events' | 'mails'
  /** Events sent and not acknowledged. */
  unacknowledged: number
  /** Acknowledged events that are not in the database: any is a broken promise. */
  lost: string[]
  /** The addresses of mails that had arrived and were not recorded as sent yet: only these may arrive again. */
  inFlight: string[]
}

export interface CrashResult {
  server: TestServer
  wrecks: Wreck[]
  sent: ReadonlySet<string>
  acknowledged: ReadonlySet<string>
  /** The messageIds of all stored events, and how often each is stored. */
  stored: ReadonlyMap<string, number>
  /** Every stored message's address and state. */
  messages: { address: string; state: string }[]
  subscribers: string[]
  catcher: SmtpCatcher
  seconds: number
  stop(): Promise<void>
}

const STEP_LIMIT = 120_000
const EVENTS_AT_ONCE = 20

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + STEP_LIMIT
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited ${STEP_LIMIT} ms in vain until ${what}`)
    await wait(2)
  }
}

async function look(databaseUrl: string) {
  const store = await openStore(databaseUrl, { readOnly: true })
  try {
    return await store.read(async (tx) => {
      const { events, messages } = tx.tables
      const rows = await tx.select({ messageId: events.messageId }).from(events)
      const stored = new Map<string, number>()
      for (const { messageId } of rows) stored.set(messageId, (stored.get(messageId) ?? 0) + 1)
      const mails = await tx.select({ address: messages.address, state: messages.state }).from(messages)
      return { stored, messages: mails }
    })
  } finally {
    await store.close()
  }
}

function subscribe({ analytics }: ShopClient, userId: string): string {
  const messageId = `subscribed-message-${userId}`
  const properties = { email: `${userId}@example.com` }
  analytics.track({ userId, event: 'Subscribed', messageId, properties })
  return messageId
}

/**
 * Sends orders and subscriptions to a real server through Segment's client, kills the server with SIGKILL while it is
 * busy, starts it again on the same database, and so on; then lets everything come to its end.
 */
export async function runCrashes({
  orders,
  subscribers: wanted,
  kills,
  random,
  databaseUrl: given,
}: CrashOptions): Promise<CrashResult> {
  const startedAt = performance.now()
  const folder = createTestFolder()
  const databaseUrl = given ?? `file:${join(folder.path, 'ciclo.db')}`
  const catcher = await startSmtpCatcher()
  // The same for every start, since the client knows only one address.
  const environment = { DATABASE_URL: databaseUrl, SMTP_URL: catcher.url, PORT: String(await freePort()) }
  const start = () => startTestServer({ folder: folder.path, environment })
  let server = await start()
  const client = createShopClient({ url: server.url, key: server.secretKey, flushAt: EVENTS_AT_ONCE })
  const { acknowledged } = client

  const userIds = [...new Set(orders.map(({ userId }) => userId))].slice(0, wanted)
  const plan = orders.map((order) => () => {
    trackOrder(client, order)
    return messageIdOf(order)
  })
  const gap = Math.floor(plan.length / userIds.length)
  for (const [place, userId] of userIds.entries())
    plan.splice(place * (gap + 1), 0, () => subscribe(client, userId))
  const placeIn = (life: number) => Math.floor((plan.length * life) / (kills.length + 1))

  const sent = new Set<string>()
  /** Hands the client events bit by bit; it keeps and repeats them until they are acknowledged. */
  const feed = async (end: number, signal?: AbortSignal) => {
    for (let place = sent.size; place < end; place += EVENTS_AT_ONCE) {
      if (signal?.aborted) return
      for (const track of plan.slice(place, Math.min(end, place + EVENTS_AT_ONCE))) sent.add(track())
      await wait(2)
    }
  }

  const wrecks: Wreck[] = []
  for (const [life, kind] of kills.entries()) {
    const mailsBefore = catcher.mails.length
    const mails = mailsBefore + 1 + Math.floor(random() * 8)
    // Well before the last event of this life, so that the server is busy when it dies.
    const events = Math.max(sent.size, placeIn(life + random() * 0.8)) + 1
    const killed = new AbortController()
    const feeding = feed(placeIn(life + 1), killed.signal)
    await (kind === 'mails'
      ? until('mails are sent', () => catcher.mails.length >= mails)
      : until('events are sent', () => sent.size >= events))
    await wait(random() * 20)
    await server.kill()
    killed.abort()
    await feeding
    const acknowledgedBefore = [...acknowledged]
    const { stored, messages } = await look(databaseUrl)
    const unacknowledged = sent.size - acknowledgedBefore.length
    server = await start()
    // Asked only now, when the last mail of the dead server has been read; none of these is sent again at once.
    const arrived = new Set(catcher.mails.slice(mailsBefore).flatMap(({ envelope }) => envelope.to))
    const claimed = messages.filter(({ state }) => state === 'sending').map(({ address }) => address)
    wrecks.push({
      kind,
      unacknowledged,
      lost: acknowledgedBefore.filter((messageId) => !stored.has(messageId)),
      inFlight: claimed.filter((address) => arrived.has(address)),
    })
  }
  await feed(plan.length)
  await client.flush()
  // What was claimed when a server died is due again when its lease has run out.
  await server.api.passTime(HOUR)
  await until('every mail has an end', async () => {
    const { messages } = await look(databaseUrl)
    return messages.every(({ state }) => state !== 'queued' && state !== 'sending')
  })

  return {
    server,
    wrecks,
    sent,
    acknowledged,
    ...(await look(databaseUrl)),
    subscribers: userIds.map((userId) => `${userId}@example.com`),
    catcher,
    seconds: (performance.now() - startedAt) / 1_000,
    stop: async () => {
      await server.stop()
      await catcher.stop()
      folder.remove()
    },
  }
}
