import { describe, expect, it } from 'vitest'
import { mailIdOf } from '../src/mailId.ts'
import { seededRandom } from './crash.random.ts'
import { CODE } from './journeyKills.plan.ts'
import { runJourneyKills } from './journeyKills.run.ts'
import type { Received } from './webhooks/startReceiver.ts'

export interface JourneyKillsContract {
  kills: number
  people: number
  rounds: number
  createDatabase?: () => Promise<string>
  timeout: number
}

const DAY = 86_400_000
const idIn = (messageId: string | undefined) => /^<?([^@>]+)@/.exec(messageId ?? '')?.[1] ?? ''
const sorted = (texts: Iterable<string>) => [...texts].toSorted()
const isIn = (list: readonly string[], id: string) => list.filter((one) => one === id).length

/** The step that a webhook tells of: of its run, by its own words. */
function stepIn({ body }: Received): string {
  const { data } = JSON.parse(body) as { data: { run: { id: string }; journey: { step: string } } }
  return `${data.run.id}/${data.journey.step}`
}

const toldAt = ({ headers }: Received) => Number(headers['webhook-timestamp']) * 1_000

/** kill -9 while runs are under way: each goes on, no step is done twice, and no mail, webhook or code is lost. */
export function journeyKillsContract(database: string, contract: JourneyKillsContract): void {
  const { kills, people, rounds, createDatabase, timeout } = contract
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  describe(`on ${database}, ${kills} times kill -9 between the steps of runs (SEED=${seed})`, () => {
    it(
      'every run goes on to its end, as if nothing had been',
      async () => {
        const databaseUrl = await createDatabase?.()
        const result = await runJourneyKills({
          kills,
          people,
          rounds,
          random: seededRandom(seed),
          ...(databaseUrl === undefined ? {} : { databaseUrl }),
        })
        try {
          const { expected, inFlight } = result
          const mails = Map.groupBy(result.mails, ({ email }) => idIn(email.messageId))
          const webhooks = Map.groupBy(result.webhooks, ({ headers }) => String(headers['webhook-id']))
          process.stderr.write(
            `journey kills on ${database}: SEED=${seed} kills=${result.killed} cut-off=${result.cut} ` +
              `runs=${result.runs.length} mails=${mails.size} webhooks=${webhooks.size} ` +
              `codes=${result.coupons.filter(({ claim }) => claim !== null).length} ` +
              `in-flight-at-kills=${inFlight.mails.length}+${inFlight.webhooks.length} ` +
              `repeated=${result.mails.length - mails.size}+${result.webhooks.length - webhooks.size} ` +
              `seconds=${result.seconds.toFixed(1)}\n`,
          )
          expect(result.killed).toBe(kills)
          // Otherwise the kills have hit an idle server, and prove nothing.
          expect(result.cut).toBeGreaterThan(kills / 3)

          // Each event is there once, also those by which steps write traits and tell of codes.
          const ids = result.eventIds.map(({ id }) => id)
          expect(new Set(ids).size).toBe(ids.length)
          expect(sorted(result.eventIds.flatMap(({ id, source }) => (source === 'own' ? [] : [id])))).toEqual(
            sorted(result.sent),
          )
          expect(result.parked).toEqual([])
          expect(result.people.filter(({ parked }) => parked !== null)).toEqual([])

          expect(result.runs).toEqual(expected.runs)
          expect(result.runs.filter(({ endReason }) => endReason === null)).toEqual([])
          expect(result.traits).toEqual(expected.traits)
          const written = ids.filter((id) => id.endsWith('/traits')).length
          const updates = ['mark', 'answered', 'silent']
          const visited = result.runs.flatMap(({ visits }) => updates.map((step) => visits[step] ?? 0))
          expect(written).toBe(visited.reduce((sum, visits) => sum + visits, 0))

          expect(sorted(result.messages.map(({ id, state }) => `${id} ${state}`))).toEqual(
            sorted(expected.messages.map(({ message, outcome }) => `${message.id} ${outcome}`)),
          )
          const sent = result.messages.filter(({ state }) => state === 'sent')
          expect(sorted(mails.keys())).toEqual(sorted(sent.map(mailIdOf)))
          for (const [id, copies] of mails)
            expect(copies.length - 1, `repeated mails ${id}`).toBeLessThanOrEqual(isIn(inFlight.mails, id))

          expect(result.webhooks.length).toBeGreaterThan(0)
          expect(result.webhooks.filter(({ path }) => path !== '/hook')).toEqual([])
          const told = [...webhooks.values()].flatMap((copies) => copies.slice(0, 1))
          expect(sorted(told.map(stepIn))).toEqual(
            sorted(expected.webhooks.map((one) => `${one.enrolmentId}/${one.stepId}`)),
          )
          // One that was taken is kept for 30 days from then, and none is kept that was not told.
          const storedIds = new Set(result.storedWebhooks.map(({ id }) => id))
          expect([...storedIds].filter((id) => !webhooks.has(id))).toEqual([])
          const young = told.filter((one) => toldAt(one) > result.endedAt - 29 * DAY)
          expect(young.filter(({ headers }) => !storedIds.has(String(headers['webhook-id'])))).toEqual([])
          expect(young.length).toBeGreaterThan(0)
          expect(result.storedWebhooks.filter(({ state }) => state !== 'delivered')).toEqual([])
          for (const [id, copies] of webhooks)
            expect(copies.length - 1, `repeated webhooks ${id}`).toBeLessThanOrEqual(
              isIn(inFlight.webhooks, id),
            )

          const taken = result.coupons.filter(({ claim }) => claim !== null)
          expect(sorted(taken.map(({ claim }) => String(claim)))).toEqual(
            sorted(expected.coupons.map(({ claim }) => claim)),
          )
          expect(sorted(ids.filter((id) => id.startsWith('ciclo:coupon/')))).toEqual(
            sorted(taken.map(({ claim }) => `ciclo:coupon/${claim}`)),
          )
          // A run's mails show its code and no other; all that show it are of that run, and every code is shown.
          const runOfCode = new Map(
            taken.map(({ code, claim }) => [code, String(claim).split('/').slice(0, -2).join('/')]),
          )
          const messageOf = new Map(sent.map((message) => [mailIdOf(message), message]))
          const shown = new Set<string>()
          for (const [id, copies] of mails) {
            const codes = new Set(copies.flatMap(({ email }) => email.text?.match(CODE) ?? []))
            expect(codes.size).toBeLessThanOrEqual(1)
            for (const code of codes) {
              shown.add(code)
              expect(runOfCode.get(code)).toBe(messageOf.get(id)?.enrolmentId)
            }
          }
          expect(sorted(shown)).toEqual(sorted(runOfCode.keys()))
        } finally {
          await result.stop()
        }
      },
      timeout,
    )
  })
}
