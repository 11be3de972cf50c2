import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Journey } from '@ciclo/engine'
import { importCodes } from '../src/coupons/importCodes.ts'
import { createNewIds } from '../src/newIds.ts'
import { openStore } from '../src/store/openStore.ts'
import { ensureFirstWorkspace } from '../src/workspaces.ts'
import { isLeaseHeld, lookAtEnd, lookAtWreck } from './journeyKills.look.ts'
import { codeOf, journeysToKill, planRounds, POOL } from './journeyKills.plan.ts'
import { SECRET, SECRET_KEY, WRITE_KEY } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startSmtpCatcher } from './support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'
import { startReceiver } from './webhooks/startReceiver.ts'

const DAY = 86_400_000
const EVENTS_AT_ONCE = 8

export interface JourneyKillsOptions {
  kills: number
  people: number
  rounds: number
  random: () => number
  /** A new, empty database; a SQLite file in the folder when left out. */
  databaseUrl?: string
}

/** When a server is killed: in the midst of a round's events, or of the time that passes before them. */
interface Kill {
  round: number
  during: 'events' | 'time'
  /** How many mails and webhooks have arrived since the beginning of it, unless it is over before. */
  arrivals: number
  /** Milliseconds. */
  wait: number
}

function planKills(random: () => number, count: number, people: number, rounds: number): Kill[] {
  // About as many as arrive in a round: who waits for more than that kills an idle server.
  const most = (people * rounds) / 40
  return Array.from({ length: count }, (_, place): Kill => {
    const during = place === 0 || random() < 0.7 ? 'time' : 'events'
    return {
      during,
      // Not before customers have begun something, and not after all is over.
      round: (during === 'time' ? 2 : 1) + Math.floor(random() * (rounds - 2)),
      // Events are answered at once.
      arrivals: Math.floor(random() * (during === 'time' ? most : 4)),
      wait: random() * (during === 'time' ? 25 : 10),
    }
  })
}

async function prepare(databaseUrl: string, journeys: readonly Journey[], codes: number): Promise<void> {
  const store = await openStore(databaseUrl)
  try {
    const now = () => Date.now()
    const workspace = await ensureFirstWorkspace({
      store,
      secret: SECRET,
      now,
      newId: createNewIds(now),
      writeKey: WRITE_KEY,
      secretKey: SECRET_KEY,
      // Of which all journeys are live.
      demo: true,
      journeys,
    })
    const list = Array.from({ length: codes }, (_, place) => ({ line: place + 1, code: codeOf(place) }))
    await importCodes(store, workspace.id, { pool: POOL, codes: list, now: now() })
  } finally {
    await store.close()
  }
}

/**
 * Lets customers live through journeys on a real server, whose clock is moved from round to round, and kills it with
 * SIGKILL in between; each time it is started again on the same database, and told again what it had not answered.
 */
export async function runJourneyKills({
  kills,
  people: peopleCount,
  rounds: roundCount,
  random,
  databaseUrl: given,
}: JourneyKillsOptions) {
  const startedAt = performance.now()
  const folder = createTestFolder()
  const databaseUrl = given ?? `file:${join(folder.path, 'ciclo.db')}`
  const catcher = await startSmtpCatcher()
  const receiver = await startReceiver()
  const journeys = journeysToKill(`${receiver.url}/hook`)
  const people = Array.from({ length: peopleCount }, (_, place) => `person-${place}`)
  const rounds = planRounds(random, people, roundCount)
  await prepare(databaseUrl, journeys, peopleCount * roundCount)

  const environment = {
    DATABASE_URL: databaseUrl,
    SMTP_URL: catcher.url,
    CICLO_SECRET: SECRET,
    CICLO_WRITE_KEY: WRITE_KEY,
    CICLO_SECRET_KEY: SECRET_KEY,
    CICLO_WEBHOOK_HOSTS: '127.0.0.1',
  }
  const start = async () => {
    const started = await startTestServer({ folder: folder.path, environment })
    // On SQLite what the dead had claimed is given back when the loops begin: not while the clock is moved.
    while (databaseUrl.startsWith('file:') && !(await isLeaseHeld(databaseUrl))) await wait(5)
    return started
  }
  let server: TestServer = await start()
  /** Tomorrow at midnight: rounds count from there. */
  const beginning = (Math.floor(Date.now() / DAY) + 1) * DAY
  /** How far the server's clock is to be ahead of ours. */
  let ahead = 0

  /** Throws where the server has gone away meanwhile. */
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = await response.text()
    if (response.status !== 200) throw new RangeError(`POST ${path}: ${response.status} ${answer}`)
  }
  const moveTo = async (now: number) => {
    await post('/api/test/clock', { now })
    ahead = now - Date.now()
  }

  const arrivals = () => catcher.mails.length + receiver.received.length
  const inFlight = { mails: [] as string[], webhooks: [] as string[] }
  let cut = 0
  let killed = 0

  /** Does something until the server has answered, and kills it meanwhile as often as is planned. */
  const perform = async (act: () => Promise<void>, planned: Kill[]) => {
    for (const kill of planned) {
      const before = arrivals()
      const end = { reached: false, failure: undefined as unknown }
      const acting = act().then(
        () => {
          end.reached = true
        },
        (failure: unknown) => {
          end.failure = failure
        },
      )
      while (!end.reached && !end.failure && arrivals() - before < kill.arrivals) await wait(1)
      await wait(kill.wait)
      // Before the kill nothing may fail.
      if (end.failure) throw end.failure as Error
      if (!end.reached) cut += 1
      await server.kill()
      killed += 1
      await acting
      if (end.failure instanceof RangeError) throw end.failure
      const wreck = await lookAtWreck(databaseUrl)
      inFlight.mails.push(...wreck.mails)
      inFlight.webhooks.push(...wreck.webhooks)
      server = await start()
      if (ahead > 0) await moveTo(Date.now() + ahead)
    }
    await act()
  }

  const stop = async () => {
    await server.stop()
    await catcher.stop()
    await receiver.close()
    folder.remove()
  }
  try {
    const plan = planKills(random, kills, peopleCount, roundCount)
    const killsOf = (round: number, during: Kill['during']) =>
      plan.filter((kill) => kill.round === round && kill.during === during)
    for (const [place, { at, events }] of rounds.entries()) {
      await perform(() => moveTo(beginning + at), killsOf(place, 'time'))
      let told = 0
      await perform(
        async () => {
          while (told < events.length) {
            await post('/v1/batch', { batch: events.slice(told, told + EVENTS_AT_ONCE) })
            told += EVENTS_AT_ONCE
          }
        },
        killsOf(place, 'events'),
      )
    }
    const end = beginning + roundCount * DAY + 10 * DAY
    await moveTo(end)
    return {
      seconds: (performance.now() - startedAt) / 1_000,
      endedAt: end,
      sent: rounds.flatMap(({ events }) => events.map(({ messageId }) => messageId)),
      killed,
      cut,
      inFlight,
      mails: catcher.mails,
      webhooks: receiver.received,
      ...(await lookAtEnd(databaseUrl, journeys, end)),
      output: server.output(),
      stop,
    }
  } catch (error) {
    process.stderr.write(server.output().slice(-2_000))
    await stop()
    throw error
  }
}
