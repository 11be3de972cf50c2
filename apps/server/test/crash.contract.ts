import { describe, expect, it } from 'vitest'
import { allCustomers, expectedOrders, ordersOf } from './cdnow.check.ts'
import { figuresByCustomer, readCdnow } from './cdnow.data.ts'
import { seededRandom } from './crash.random.ts'
import { runCrashes, type CrashOptions } from './crash.run.ts'

export interface CrashContract extends Pick<CrashOptions, 'kills' | 'subscribers'> {
  orders: number
  createDatabase?: () => Promise<string>
  timeout: number
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** The promise of docs/architecture.md under kill -9: no acknowledged event is lost or counted twice, and no mail is lost. */
export function crashContract(database: string, contract: CrashContract): void {
  const { kills, subscribers, orders: wanted, createDatabase, timeout } = contract
  const { orders: all, kind } = readCdnow()
  const orders = all.slice(0, wanted)
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  describe(`on ${database}, ${kills.length} times kill -9 (SEED=${seed}, ${kind} orders)`, () => {
    it(
      'keeps every acknowledged event exactly once, and sends every mail',
      async () => {
        const databaseUrl = await createDatabase?.()
        const result = await runCrashes({
          orders,
          subscribers,
          kills,
          random: seededRandom(seed),
          ...(databaseUrl === undefined ? {} : { databaseUrl }),
        })
        const { wrecks, sent, acknowledged, stored, messages, catcher, server } = result
        try {
          const copies = Map.groupBy(catcher.mails, ({ envelope }) => envelope.to.join())
          const repeated = catcher.mails.length - copies.size
          process.stderr.write(
            `crash on ${database}: SEED=${seed} kills=${kills.length} events=${sent.size} ` +
              `unacknowledged-at-kills=${sum(wrecks.map(({ unacknowledged }) => unacknowledged))} ` +
              `lost=${sum(wrecks.map(({ lost }) => lost.length))} mails=${copies.size} ` +
              `in-flight-at-kills=${wrecks.map(({ inFlight }) => inFlight.length).join()} repeated=${repeated} ` +
              `seconds=${result.seconds.toFixed(1)}\n`,
          )
          expect(wrecks.map(({ lost }) => lost)).toEqual(kills.map(() => []))
          // Otherwise the kills have hit an idle server, and prove nothing.
          expect(
            wrecks.filter(({ kind: what, unacknowledged }) => what === 'events' && unacknowledged === 0),
          ).toEqual([])

          expect(acknowledged).toEqual(sent)
          expect([...sent].filter((messageId) => stored.get(messageId) !== 1)).toEqual([])
          const customers = await allCustomers(server)
          expect(ordersOf(customers)).toEqual(expectedOrders(figuresByCustomer(orders)))
          expect([...customers.values()].filter(({ parked }) => parked !== null)).toEqual([])

          expect([...copies.keys()].toSorted()).toEqual(result.subscribers.toSorted())
          expect(messages.filter(({ address, state }) => address !== '' && state !== 'sent')).toEqual([])
          for (const [address, mails] of copies) {
            expect(new Set(mails.map(({ email }) => email.messageId)).size, `Message-IDs to ${address}`).toBe(
              1,
            )
            const cut = wrecks.filter(({ inFlight }) => inFlight.includes(address)).length
            expect(mails.length - 1, `repeated mails to ${address}`).toBeLessThanOrEqual(cut)
          }
        } finally {
          await result.stop()
        }
      },
      timeout,
    )
  })
}
