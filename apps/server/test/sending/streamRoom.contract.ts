import { DAY, HOUR, hourOf, mailboxProviderOf, warmUpDay } from '@ciclo/engine'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newSenderRow } from '../../src/sending/newSenderRow.ts'
import { openStreamRoom } from '../../src/sending/streamRoom.ts'
import { openStore } from '../../src/store/openStore.ts'
import { saveSender } from '../../src/store/queries/senders.ts'
import { addSendingCounts, readSentSince, readSentTo } from '../../src/store/queries/sendingCounts.ts'
import type { Store } from '../../src/store/store.ts'
import { mailSender } from '../support/sendingParts.ts'

const START = Date.UTC(2026, 0, 1, 10)
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const DOMAINS = ['gmail.com', 'googlemail.com', 'x.example', 'y.example', 'z.example']

const limits = {
  warmUp: { startedAt: START, first: 25, growth: 1.5, until: 1_000 },
  perHour: { 'gmail.com': 10, '*': 4 },
}
const sender = mailSender({ id: 'news', limits })
const most = (provider: string) => (provider === 'gmail.com' ? 10 : 4)

interface Given {
  at: number
  provider: string
}

/** A claim of one process: of the addresses those that find room. */
const claim = (store: Store, at: number, domains: readonly string[]): Promise<Given[]> =>
  store.write(async (tx) => {
    const wanted = domains.map((domain) => ({ sender, address: `ann@${domain}` }))
    const room = await openStreamRoom(tx, sender.workspaceId, wanted, at)
    const given: Given[] = []
    for (const domain of domains) {
      const address = `ann@${domain}`
      if (room.of(sender, address).roomAt !== null) continue
      room.countAsSent(sender, address)
      given.push({ at, provider: mailboxProviderOf(domain) })
    }
    await room.save()
    return given
  })

const countsOf = (given: readonly Given[], keyOf: (one: Given) => string | number) =>
  [...Map.groupBy(given, keyOf)].map(([key, group]) => [key, group.length] as const)

/** What several processes give out together, on a database, whichever it is. */
export function streamRoomContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the room of a stream on ${database}`, () => {
    /** SQLite has one process that sends. */
    const openAll = async () => {
      const url = await createDatabase()
      const stores: Store[] = [await openStore(url)]
      if (database === 'PostgreSQL') stores.push(await openStore(url), await openStore(url))
      onTestFinished(async () => {
        for (const store of stores) await store.close()
      })
      const { workspaceId, id, purpose } = sender
      await stores[0]?.write((tx) =>
        saveSender(tx, newSenderRow({ workspaceId, id, purpose, now: START }), START),
      )
      return stores
    }
    const claimAll = async (stores: readonly Store[], at: number, claims: readonly (readonly string[])[]) =>
      (
        await Promise.all(
          claims.map((domains, place) => claim(stores[place % stores.length] ?? stores[0]!, at, domains)),
        )
      ).flat()

    it('is used up to the last mail, and not beyond, by those who ask at once', async () => {
      const stores = await openAll()
      const claims = Array.from({ length: 6 }, () => [...DOMAINS, ...DOMAINS, ...DOMAINS])
      const given: Given[] = []
      const hours = [0, 1, 2, 24, 25].map((hour) => START + hour * HOUR)
      for (const at of hours) given.push(...(await claimAll(stores, at, claims)))
      const counted = new Map(countsOf(given, ({ at }) => at))
      // 10 and three times 4 an hour; 25 on the first day, 37 on the second.
      expect(hours.map((at) => counted.get(at) ?? 0)).toEqual([22, 3, 0, 22, 15])
    })

    it('is read of the providers that are asked about, and in one sum of a day', async () => {
      const [store] = await openAll()
      const { workspaceId, id: senderId } = sender
      const hours = [START - HOUR, START, START + HOUR]
      const domains = Array.from({ length: 300 }, (_, place) => `provider${place}`)
      await store?.write((tx) =>
        addSendingCounts(
          tx,
          workspaceId,
          hours.flatMap((hour) => domains.map((domain) => ({ senderId, hour, domain, sent: 2 }))),
        ),
      )
      const read = await store?.read(async (tx) => ({
        to: await readSentTo(tx, workspaceId, {
          senderId,
          hour: START,
          domains: ['provider7', 'provider8', 'new'],
        }),
        toNobody: await readSentTo(tx, workspaceId, { senderId, hour: START, domains: [] }),
        since: await readSentSince(tx, workspaceId, { senderId, since: START }),
        sinceThen: await readSentSince(tx, workspaceId, { senderId, since: START + DAY }),
      }))
      expect(read).toEqual({
        to: new Map([
          ['provider7', 2],
          ['provider8', 2],
        ]),
        toNobody: new Map(),
        since: 2 * 2 * 300,
        sinceThen: 0,
      })
    })

    it('is never more than a day or an hour has, whoever asks for what', async () => {
      const stores = await openAll()
      const given: Given[] = []
      let at = START
      const claims = fc.array(fc.array(fc.constantFrom(...DOMAINS), { maxLength: 12 }), { maxLength: 5 })
      const rounds = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * HOUR }), claims), {
        minLength: 25,
        maxLength: 25,
      })
      const [plan = []] = fc.sample(rounds, { seed: SEED, numRuns: 1 })
      for (const [pause, asked] of plan) {
        at += pause
        given.push(...(await claimAll(stores, at, asked)))
      }
      for (const [key, count] of countsOf(given, (one) => `${hourOf(one.at)} ${one.provider}`))
        expect(count, `seed ${SEED}: ${key}`).toBeLessThanOrEqual(most(key.toString().split(' ')[1] ?? ''))
      for (const [from, count] of countsOf(given, (one) => START + Math.floor((one.at - START) / DAY) * DAY))
        expect(count, `seed ${SEED}`).toBeLessThanOrEqual(warmUpDay(limits.warmUp, Number(from))?.mails ?? 0)
    })
  })
}
