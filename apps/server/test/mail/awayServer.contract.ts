import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveSender } from '../../src/store/queries/senders.ts'
import { nextMessageAt } from '../../src/store/queries/messages.ts'
import { createSeal } from '../../src/sending/createSeal.ts'
import { newSenderRow } from '../../src/sending/newSenderRow.ts'
import { sealedPlace } from '../../src/sending/senders.ts'
import { createTransports } from '../../src/sending/transports.ts'
import { classifySmtpError } from '../../src/mail/smtpFailure.ts'
import { createTestCiclo, SECRET, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSteppedSmtp, type SmtpStep, type SteppedSmtp } from '../support/startSteppedSmtp.ts'
import { useSqlite } from '../support/useSqlite.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

type Trouble = readonly [name: string, step: SmtpStep, reply: string]

/** What a server in trouble says, and where. */
export const TROUBLES: readonly Trouble[] = [
  ['takes no connection', 'greeting', 'cut'],
  ['says 421 to everybody', 'greeting', '421 4.3.2 Not now'],
  ['says 421 in the middle', 'MAIL', '421 4.7.0 Too many connections'],
  ['cuts every mail', 'DATA', 'cut'],
  ['puts off everything', 'RCPT', '451 4.3.0 Come back later'],
  ['puts off every mail at its end', 'the final dot', '452 4.3.1 Insufficient storage'],
]

/** Figure 4 of what Ciclo promises: a server that is down, slow or busy loses nothing and meets no storm. */
export function awayServerContract({
  troubles,
  mails,
  outage,
}: {
  troubles: readonly Trouble[]
  mails: number
  /** Milliseconds. */
  outage: number
}): void {
  const createDatabase = useSqlite()
  describe('A mail server that', () => {
    let smtp: SteppedSmtp
    let test: TestCiclo
    let trouble: { step: SmtpStep; reply: string } | undefined
    /** How often it was met with that, and when. */
    let met: number[]
    let accepted: { to: string; at: number }[]

    beforeEach(async () => {
      ;[trouble, met, accepted] = [undefined, [], []]
      smtp = await startSteppedSmtp((step, to) => {
        if (trouble?.step === step) {
          met.push(test.clock.now())
          return trouble.reply
        }
        if (step === 'the final dot') accepted.push({ to, at: test.clock.now() })
        return undefined
      })
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: smtp.url })
    })
    afterEach(async () => {
      await test.stop()
      await smtp.stop()
    })

    const subscribe = (from: number, to: number) =>
      test.ciclo.ingest.submit(
        Array.from({ length: to - from }, (_, place) => {
          const userId = `u${from + place}`
          const properties = { email: `${userId}@d${place % 7}.example` }
          return test.item('secret', { type: 'track', name: 'Subscribed', userId, properties })
        }),
      )
    /** Lets time pass, and stops wherever a mail is due: as a server does that runs all the time. */
    const passTo = async (end: number) => {
      for (;;) {
        await test.ciclo.settle()
        const next = (await test.store.read(nextMessageAt)) ?? Infinity
        if (next > end) break
        test.clock.set(Math.max(next, test.clock.now() + 1))
      }
      test.clock.set(end)
    }
    const messages = () => test.store.read(async (tx) => await tx.select().from(tx.tables.messages))
    const states = async () => [...new Set((await messages()).map(({ state }) => state))]

    it.each(troubles)(
      '%s for a while gets each mail once when it is back, and no storm',
      async (_name, step, reply) => {
        const start = test.clock.now()
        trouble = { step, reply }
        await subscribe(0, mails)
        await passTo(start + outage / 2)
        await subscribe(mails, 2 * mails)
        await passTo(start + outage)
        expect(accepted).toEqual([])
        expect(await states()).toEqual(['queued'])
        // A test a minute, once it is known to be away; what was in its hands at the beginning comes before.
        const lastHalf = met.filter((at) => at > start + outage / 2)
        expect(lastHalf.length).toBeGreaterThanOrEqual((0.8 * outage) / 2 / MINUTE)
        expect(lastHalf.length).toBeLessThanOrEqual((2.5 * outage) / 2 / MINUTE)
        expect(met.length).toBeLessThanOrEqual((2.5 * outage) / MINUTE + mails + 30)

        trouble = undefined
        await passTo(start + outage + MINUTE)
        expect((accepted[0]?.at ?? Infinity) - start - outage).toBeLessThan(MINUTE)
        await passTo(start + 3 * HOUR)
        expect(accepted.map(({ to }) => to).toSorted()).toEqual(
          (await messages()).map(({ address }) => address).toSorted(),
        )
        expect(accepted).toHaveLength(2 * mails)
        expect(await states()).toEqual(['sent'])
      },
    )

    it('is away lets stale mail expire instead of arriving late', async () => {
      const body = JSON.stringify({ maxAge: { marketing: 20 * MINUTE } })
      await test.request('/api/settings', { method: 'PATCH', body })
      const start = test.clock.now()
      trouble = { step: 'greeting', reply: 'cut' }
      await subscribe(0, 6)
      await passTo(start + 15 * MINUTE)
      await subscribe(6, 12)
      await passTo(start + 25 * MINUTE)
      trouble = undefined
      await passTo(start + 30 * MINUTE)
      const ends = (await messages()).map(({ createdAt, state }) => [createdAt === start, state])
      // What was being tried at that moment is `dead`: it could not be delivered in time.
      expect(ends.filter(([isOld]) => isOld)).toHaveLength(6)
      expect(ends.filter(([isOld, state]) => isOld && state !== 'expired' && state !== 'dead')).toEqual([])
      expect(ends.filter(([isOld]) => !isOld).map(([, state]) => state)).toEqual(Array(6).fill('sent'))
      expect(accepted).toHaveLength(6)
    })

    it('refuses our password keeps every mail until the password is right', async () => {
      const start = test.clock.now()
      trouble = { step: 'MAIL', reply: '530 5.7.0 Authentication required' }
      await subscribe(0, 8)
      await passTo(start + HOUR)
      expect(await states()).toEqual(['queued'])
      const { id } = (await test.customer('userId=u0')) ?? { id: '' }
      expect((await test.customer('userId=u0'))?.lifecycle['permission']).toBe('subscribed')
      const bounces = (await test.below(id, 'events')).filter(({ name }) => name === 'Email Bounced')
      expect(bounces).toMatchObject([{ properties: { permanent: false, class: 'blocked' } }])
      trouble = undefined
      await passTo(start + 4 * HOUR)
      expect(accepted).toHaveLength(8)
      expect(await states()).toEqual(['sent'])
    })

    it('is away keeps nobody else’s mail waiting', async () => {
      const other = await startSteppedSmtp(() => undefined)
      await test.store.write(async (tx) => {
        const { workspaceId } = test
        const row = newSenderRow({ workspaceId, id: 'desk', purpose: 'transactional', now: test.clock.now() })
        const place = sealedPlace(workspaceId, 'desk', 'smtp')
        const smtpSealed = createSeal(SECRET).close(other.url, place)
        await saveSender(tx, { ...row, isMain: true, status: 'live', smtp: smtpSealed }, test.clock.now())
      })
      trouble = { step: 'greeting', reply: 'cut' }
      await subscribe(0, 12)
      await passTo(test.clock.now() + MINUTE)
      const properties = { email: 'new@d1.example' }
      await test.ciclo.ingest.submit([
        test.item('public', { type: 'track', name: 'Subscribed', anonymousId: 'a1', properties }),
      ])
      await test.ciclo.settle()
      expect(other.mails.map(({ to }) => to)).toEqual(['new@d1.example'])
      expect(accepted).toEqual([])
      await other.stop()
    })

    it('drips its answers is given up after a while, and nothing arrives afterwards', async () => {
      let dripping: NodeJS.Timeout | undefined
      const slow = await startSteppedSmtp((step) => {
        if (step !== 'the final dot' || dripping) return undefined
        return new Promise(() => {
          dripping = setTimeout(() => {}, 60_000)
        })
      })
      const transports = createTransports({ answer: 300 })
      const mail = {
        envelope: { from: 'a@shop.example', to: 'b@d.example' },
        raw: Buffer.from('Subject: x\r\n\r\nx\r\n'),
      }
      const failure = await transports.deliver({ smtpUrl: slow.url }, mail).catch(classifySmtpError)
      expect(failure).toMatchObject({ kind: 'away', mayHaveArrived: true })
      // The pool goes on with a connection of its own.
      expect(await transports.deliver({ smtpUrl: slow.url }, mail)).toBe('250 Taken')
      clearTimeout(dripping)
      transports.close()
      await slow.stop()
    })

    it('does not ask for the mail is given up, and the mail has certainly not arrived', async () => {
      const slow = await startSteppedSmtp((step) => (step === 'DATA' ? new Promise(() => {}) : undefined))
      const transports = createTransports({ patience: 300 })
      const mail = { envelope: { from: 'a@shop.example', to: 'b@d.example' }, raw: Buffer.from('\r\n') }
      const failure = await transports.deliver({ smtpUrl: slow.url }, mail).catch(classifySmtpError)
      expect(failure).toMatchObject({ kind: 'away', mayHaveArrived: false })
      transports.close()
      await slow.stop()
    })
  })
}
