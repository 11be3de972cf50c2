import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

const HOUR = 3_600_000

interface Standing {
  address: { value: string | null; state: string }
  permission: { state: string; basis: string | null }
  purposes: Record<
    'marketing' | 'transactional',
    {
      blockers: { reason: string; until: string | null; details: Record<string, unknown> }[]
      isPlanned: boolean
    }
  >
  next: { kind: string; template: string | null; purpose: string | null }[]
  missed: { reason: string | null; state: string }[]
}

/** Why somebody gets no mail, on whichever database. */
export function mailStandingContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Why no mail goes to a customer on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: 'shipped',
      })
    })
    afterEach(() => test.stop())

    const email = 'a@example.com'
    const known = () =>
      test.ciclo.ingest.submit([test.item('secret', { type: 'identify', userId: 'u1', traits: { email } })])
    const track = (name: string, properties: Record<string, unknown> = {}) =>
      test.ciclo.ingest.submit([test.item('secret', { type: 'track', name, userId: 'u1', properties })])
    const subscribed = async () => {
      await known()
      await track('Subscribed', { email })
    }
    const settings = (patch: unknown) =>
      test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(patch) })
    const standing = async (query = 'userId=u1') => {
      const id = (await test.customer(query))?.id ?? ''
      return (await test.request(`/api/customers/${id}/mail`)) as unknown as Standing
    }
    const reasons = ({ purposes }: Standing) => ({
      marketing: purposes.marketing.blockers.map(({ reason }) => reason),
      transactional: purposes.transactional.blockers.map(({ reason }) => reason),
    })
    const suppress = (reason: string) =>
      test.request('/api/suppressions', {
        method: 'POST',
        body: JSON.stringify({ address: email, reason, because: 'a test' }),
      })

    it.each<[name: string, arrange: () => Promise<unknown>, marketing: string[], transactional: string[]]>([
      ['somebody who has agreed', subscribed, [], []],
      ['no permission', known, ['no-permission'], []],
      [
        'a word taken back',
        async () => {
          await subscribed()
          await track('Unsubscribed', { email })
        },
        ['unsubscribed'],
        [],
      ],
      [
        'an address that does not work',
        async () => {
          await subscribed()
          await suppress('bounce')
        },
        ['suppressed'],
        ['suppressed'],
      ],
      [
        'a complaint',
        async () => {
          await subscribed()
          await suppress('complaint')
        },
        ['suppressed'],
        [],
      ],
      [
        'an open return',
        async () => {
          await subscribed()
          await track('Return Requested', { order_id: 'o1', return_id: 'r1' })
        },
        ['open-case'],
        [],
      ],
      [
        'the night',
        async () => {
          await subscribed()
          await settings({ quietHours: { from: '11:00', to: '13:00' } })
        },
        ['quiet-hours'],
        [],
      ],
      [
        'no permission in the night: both are told',
        async () => {
          await known()
          await settings({ quietHours: { from: '11:00', to: '13:00' } })
        },
        ['no-permission', 'quiet-hours'],
        [],
      ],
    ])('%s', async (_name, arrange, marketing, transactional) => {
      await arrange()
      expect(reasons(await standing())).toEqual({ marketing, transactional })
    })

    it('a browser that claims an address, and one that does not', async () => {
      await test.ciclo.ingest.submit([
        test.item('public', {
          type: 'identify',
          anonymousId: 'b1',
          traits: { email: 'claimed@example.com' },
        }),
        test.item('public', { type: 'page', anonymousId: 'b2' }),
      ])
      const claimed = await standing('email=claimed@example.com')
      expect(claimed.address).toEqual({ value: 'claimed@example.com', state: 'claimed' })
      expect(reasons(claimed).transactional).toEqual(['no-address'])
      expect(reasons(claimed).marketing).toEqual(['no-address', 'no-permission'])
      const { customers } = (await test.request('/api/customers')) as {
        customers: { id: string; claims: object }[]
      }
      const nobody = customers.find(({ claims }) => Object.keys(claims).length === 0)
      const empty = (await test.request(`/api/customers/${nobody?.id}/mail`)) as unknown as Standing
      expect(empty.address).toEqual({ value: null, state: 'none' })
    })

    it('says until when, and what it hangs on', async () => {
      await subscribed()
      await settings({ quietHours: { from: '11:00', to: '13:00' } })
      const [quiet] = (await standing()).purposes.marketing.blockers
      expect(quiet?.until).toBe(new Date(test.clock.now() + HOUR).toISOString())
      await settings({ quietHours: null })
      await suppress('bounce')
      const [suppressed] = (await standing()).purposes.marketing.blockers
      expect(suppressed).toMatchObject({ until: null, details: { because: 'bounce' } })
    })

    it('a cap that is reached', async () => {
      await subscribed()
      await test.store.write(async (tx) => {
        await tx.insert(tx.tables.messages).values({
          workspaceId: test.workspaceId,
          id: 'm1',
          customerId: (await tx.select().from(tx.tables.customers))[0]?.id ?? '',
          template: 'news',
          purpose: 'marketing',
          address: email,
          claimed: false,
          state: 'sent',
          data: {},
          causeAt: test.clock.now(),
          createdAt: test.clock.now(),
          dueAt: test.clock.now(),
          expiresAt: test.clock.now(),
          sentAt: test.clock.now() - HOUR,
        })
      })
      await settings({ cap: { perDay: 1, perWeek: 5 } })
      expect(reasons(await standing()).marketing).toEqual(['frequency-cap'])
    })

    it('what goes next, and what did not go', async () => {
      await subscribed()
      const { next, purposes } = await standing()
      expect(next.some(({ kind }) => kind === 'message')).toBe(true)
      expect(purposes.marketing.isPlanned || purposes.transactional.isPlanned).toBe(true)
      await test.ciclo.ingest.submit([
        test.item(
          'secret',
          {
            type: 'track',
            name: 'Order Completed',
            userId: 'u1',
            properties: { order_id: 'old', total: 5, currency: 'EUR' },
          },
          { at: test.clock.now() - 400 * 24 * HOUR },
        ),
      ])
      const { missed } = await standing()
      for (const { state } of missed) expect(['refused', 'expired']).toContain(state)
    })

    it('knows nobody by another id', async () => {
      expect(await test.request('/api/customers/nobody/mail')).toMatchObject({ code: 'not-found' })
    })
  })
}
