import { randomUUID } from 'node:crypto'
import { STATES } from '@ciclo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { onsiteClient, POP_UP, signed } from './onsiteWorld.ts'

const HOUR = 3_600
const ANN = 'ann@shop.example'

/** Whom a stage is told to: nobody who has not proven to be the one whose it is. */
export function onsiteStagesContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`on-site messages for a stage on ${database}`, () => {
    let test: TestCiclo
    let key: string
    const { post, put, told } = onsiteClient(() => test)

    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
      key = String((await test.request('/api/identity-key'))['key'])
      await put('for-all', POP_UP)
      for (const stage of STATES.stage)
        await put(`for-${stage.toLowerCase().replace('atrisk', 'at-risk')}`, { ...POP_UP, stages: [stage] })
      // Ann has ordered once.
      await submit(
        test.item('secret', { type: 'identify', userId: 'ann', traits: { email: ANN } }),
        test.item('secret', {
          type: 'track',
          name: 'Order Completed',
          userId: 'ann',
          properties: { order_id: 'o1', total: 10 },
        }),
      )
    })
    afterEach(() => test.stop())

    const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
      test.ciclo.ingest.submit(items)
    const tokenOf = (payload: object, exp = Math.floor(test.clock.now() / 1_000) + HOUR, by = key) =>
      signed(by, { ...payload, exp })
    const ann = async () => {
      const customer = await test.customer('userId=ann')
      if (!customer) throw new Error('Ann is not there')
      return customer
    }
    const identify = async (anonymousId: string, event: object) =>
      await post('/v1/batch', { batch: [{ type: 'identify', anonymousId, ...event }] })

    const proofs: [sentence: string, prove: (anonymousId: string) => Promise<object>][] = [
      ['a signed token for the userId', async () => ({ identityToken: tokenOf({ sub: 'ann' }) })],
      ['a signed token for the address', async () => ({ identityToken: tokenOf({ email: ANN }) })],
      [
        'a token that it has sent before',
        async (anonymousId) => {
          await identify(anonymousId, { context: { identityToken: tokenOf({ sub: 'ann' }) } })
          return {}
        },
      ],
      [
        'a click on a link of a mail',
        async (anonymousId) => {
          const visit = test.item('public', { type: 'page', anonymousId })
          await submit({ ...visit, customerId: (await ann()).id })
          return {}
        },
      ],
      [
        'a visit before, which was merged with the customer',
        async (anonymousId) => {
          await submit(test.item('public', { type: 'page', anonymousId }))
          await submit(test.item('secret', { type: 'identify', userId: 'ann', anonymousId }))
          return {}
        },
      ],
    ]
    it.each(proofs)('are for a browser that proves who it is by %s', async (_sentence, prove) => {
      const anonymousId = randomUUID().replaceAll('-', '')
      expect(await told({ anonymousId })).toEqual(['for-all'])
      const more = await prove(anonymousId)
      expect(await told({ anonymousId, ...more })).toEqual(['for-all', 'for-new'])
    })

    const strangers: [sentence: string, pretend: (anonymousId: string) => Promise<object>][] = [
      [
        'claims the address',
        async (anonymousId) => {
          await identify(anonymousId, { traits: { email: ANN } })
          return {}
        },
      ],
      [
        'claims the userId',
        async (anonymousId) => {
          await identify(anonymousId, { userId: 'ann' })
          return {}
        },
      ],
      [
        'signs the address up, which waits for its confirmation',
        async (anonymousId) => {
          const event = { type: 'track', event: 'Subscribed', anonymousId, properties: { email: ANN } }
          await post('/v1/batch', { batch: [event] })
          return {}
        },
      ],
      ['says userId and address when it asks', async () => ({ userId: 'ann', email: ANN })],
      ['takes the userId for its own id', async () => ({ anonymousId: 'ann' })],
      ['takes the address for its own id', async () => ({ anonymousId: ANN })],
      ['takes the customer’s id for its own', async () => ({ anonymousId: (await ann()).id })],
      [
        'takes the name of one who came without an id',
        async () => {
          const visit = test.item('public', { type: 'identify', traits: { email: ANN } })
          await submit({ ...visit, customerId: (await ann()).id })
          return { anonymousId: `claim:email:${ANN}` }
        },
      ],
      [
        'guesses an id that the shop has counted',
        async () => {
          await submit(test.item('secret', { type: 'identify', userId: 'ann', anonymousId: 'visitor-17' }))
          return { anonymousId: 'visitor-17' }
        },
      ],
      [
        'signs a token by itself',
        async () => ({ identityToken: tokenOf({ sub: 'ann' }, undefined, 'guess') }),
      ],
      ['has a token of yesterday', async () => ({ identityToken: tokenOf({ sub: 'ann' }, 1_000) })],
      ['has a token that is none', async () => ({ identityToken: 'ann' })],
      ['has a token for somebody nobody knows', async () => ({ identityToken: tokenOf({ sub: 'bob' }) })],
      [
        'is somebody else now at the browser of the customer',
        async (anonymousId) => {
          await identify(anonymousId, { context: { identityToken: tokenOf({ sub: 'ann' }) } })
          return { identityToken: tokenOf({ sub: 'bob' }) }
        },
      ],
    ]
    it.each(strangers)('are told to a stranger as to nobody, who %s', async (_sentence, pretend) => {
      const ask = async (visitor: object) => {
        const response = await post('/v1/onsite', { ...visitor })
        return { status: response.status, text: await response.text() }
      }
      const nobody = await ask({ anonymousId: randomUUID() })
      const anonymousId = randomUUID()
      const stranger = await ask({ anonymousId, ...(await pretend(anonymousId)) })
      expect(stranger).toEqual(nobody)
      expect(nobody).toMatchObject({ status: 200, text: expect.stringContaining('for-all') as unknown })
    })

    it('are not for who has refused to be watched', async () => {
      const refusal = { type: 'track', name: 'Consent Withdrawn', userId: 'ann' } as const
      await submit(test.item('secret', { ...refusal, properties: { purpose: 'tracking' } }))
      expect(await told({ identityToken: tokenOf({ sub: 'ann' }) })).toEqual(['for-all'])
    })
  })
}
