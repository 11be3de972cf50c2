import { DAY, HOUR, JourneySchema } from '@ciclo/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type TryRequestSchema, TrySchema } from '../../src/routes/trySchemas.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { createMonth, type ToldEvent } from './backtestMonth.ts'
import { liveThroughMonth, readAllRuns, readMails } from './liveMonth.ts'

type Asked = z.input<typeof TryRequestSchema>
type Action = NonNullable<Asked['actions']>[number]
type Answer = z.infer<typeof TrySchema>

const CART = JourneySchema.parse({
  id: 'cart',
  name: 'Left cart',
  trigger: { kind: 'event', name: 'Product Added' },
  reentry: { kind: 'always' },
  goal: { on: { kind: 'event', name: 'Order Completed' }, within: '7d' },
  steps: [
    { kind: 'delay', id: 'hours', duration: '4h' },
    { kind: 'send', id: 'reminder', template: 'cart-reminder', purpose: 'marketing' },
    {
      kind: 'wait',
      id: 'order',
      for: { kind: 'event', name: 'Order Completed' },
      timeout: '1d',
      onTimeout: 'last',
    },
    { kind: 'end', id: 'done' },
    { kind: 'send', id: 'last', template: 'cart-offer', purpose: 'marketing' },
  ],
})

const SETTINGS = { quietHours: { from: '21:00', to: '09:00' }, cap: { perDay: 2, perWeek: 5 } }

const iso = (at: number) => new Date(at).toISOString()
const added = (after: string): Action => ({
  at: after,
  event: {
    event: 'Product Added',
    properties: { product_id: 'p1', price: 20, quantity: 1, currency: 'EUR' },
  },
})
const ordered = (after: string): Action => ({
  at: after,
  event: { event: 'Order Completed', properties: { order_id: 'o1', total: 20, currency: 'EUR' } },
})

const actionOf = ({ at, id, event }: ToldEvent): Action => {
  const { type, name, properties, traits, context } = event
  return {
    at: iso(at),
    event: {
      type,
      ...(name === undefined ? {} : { event: name }),
      messageId: id,
      properties,
      traits,
      context,
    },
  }
}

/** What became of a mail, as the server has it and as a try tells it. */
const words = (id: string, outcome: string, at: number | null, reason: string | null) =>
  [id, outcome, outcome === 'sent' ? at : reason].join(' ')

/** Trying a journey, beside a server that really lives through the same. */
export function tryContract(
  name: string,
  openDatabase: () => Promise<string>,
  { customers }: { customers: number },
) {
  describe(`a try on ${name}`, () => {
    let smtp: SmtpCatcher
    let ciclo: TestCiclo
    beforeAll(async () => {
      smtp = await startSmtpCatcher()
      ciclo = await createTestCiclo({
        databaseUrl: await openDatabase(),
        smtpUrl: smtp.url,
        journeys: 'shipped',
        demo: true,
      })
      await ciclo.request('/api/settings', { method: 'PATCH', body: JSON.stringify(SETTINGS) })
    }, 60_000)
    afterAll(async () => {
      await ciclo.stop()
      await smtp.stop()
    })

    const ask = async (body: unknown, more = '') => {
      const response = await ciclo.ciclo.app.request(`/api/journeys/try${more}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${SECRET_KEY}` },
        body: JSON.stringify(body),
      })
      return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
    }
    const tried = async (body: Asked, more = ''): Promise<Answer> => {
      const { status, answer } = await ask(body, more)
      expect(answer, JSON.stringify(answer)).toMatchObject({ at: expect.any(String) as string })
      expect(status).toBe(200)
      return TrySchema.parse(answer)
    }

    it('tells of somebody who was invented, step for step, and when something happens next', async () => {
      const begin = Date.UTC(2026, 2, 2, 10)
      const asked = {
        definition: { ...CART },
        customer: { email: 'new@x.example' },
        begin: iso(begin),
        actions: [added('1h')],
      }
      const first = await tried({ ...asked, until: '2h' })
      expect(first.lifecycle).toMatchObject({ permission: 'subscribed', stage: 'prospect' })
      expect(first.timeline.filter(({ journey }) => journey === undefined || journey === 'cart')).toEqual([
        { at: iso(begin + HOUR), kind: 'event', sentence: '“Product Added” happens.' },
        { at: iso(begin + HOUR), kind: 'run', sentence: '“Left cart” begins.', journey: 'cart' },
        {
          at: iso(begin + HOUR),
          kind: 'step',
          sentence: 'At the step “hours”: waits until 2 March at 15:00.',
          journey: 'cart',
          step: 'hours',
        },
      ])
      expect(first.next).toBe(iso(begin + 5 * HOUR))
      const later = await tried({ ...asked, until: '2d' })
      const told = later.timeline.filter(({ journey }) => journey === 'cart')
      expect(told.map(({ sentence }) => sentence).slice(2)).toEqual([
        'At the step “reminder”.',
        'At the step “order”: waits for “Order Completed” until 3 March at 15:00.',
        'E-mail “cart-reminder”: is sent.',
        'At the step “last”.',
        'E-mail “cart-offer”: is sent.',
        '“Left cart” has come to its end.',
      ])
      const polish = await tried({ ...asked, until: '1h' }, '?locale=pl')
      expect(polish.timeline[0]?.sentence).toBe('Następuje „Product Added”.')
    })

    it.each<[string, Partial<Asked>, string[]]>([
      [
        'who never agreed gets nothing',
        { customer: { permission: 'none' } },
        ['reminder refused no-permission'],
      ],
      [
        'a mail waits for the end of the quiet hours',
        { begin: '2026-03-02T16:30:00Z' },
        ['reminder waiting quiet-hours'],
      ],
      ['an order reaches the goal before the mail', { actions: [added('1h'), ordered('2h')] }, []],
      [
        'somebody is asked in who has done nothing',
        { actions: [{ at: '1m', enter: true }] },
        ['reminder sent'],
      ],
    ])('knows that %s', async (_, more, mails) => {
      const { messages } = await tried({
        definition: CART,
        customer: {},
        begin: '2026-03-02T10:00:00Z',
        actions: [added('1h')],
        until: '6h',
        ...more,
      })
      const own = messages.filter(({ journey }) => journey === 'cart')
      expect(
        own.map(({ step, outcome, reason }) => [step, outcome, reason].filter(Boolean).join(' ')),
      ).toEqual(mails)
    })

    it.each<[string, Record<string, unknown>, number, string]>([
      ['a draft without steps', { definition: { ...CART, steps: [] } }, 422, 'steps'],
      [
        'a circle without a pause',
        {
          definition: {
            ...CART,
            steps: [{ kind: 'webhook', id: 'round', url: 'https://x.example', next: 'round' }],
          },
        },
        422,
        'the circle',
      ],
      [
        'somebody whom nobody knows',
        { customer: { customerId: 'nobody' } },
        404,
        'There is no customer nobody',
      ],
      ['an event without a name', { actions: [{ at: '1h', event: {} }] }, 400, 'actions.0.event'],
      [
        'an action before it begins',
        { actions: [{ at: '2020-01-01', event: { event: 'A' } }] },
        400,
        'actions.0.at',
      ],
      ['three years', { until: '1096d' }, 400, 'until'],
      ['201 actions', { actions: Array.from({ length: 201 }, () => added('1h')) }, 400, 'actions'],
    ])('refuses %s, and says where it is wrong', async (_, more, expected, text) => {
      const { status, answer } = await ask({ definition: CART, customer: {}, until: '1d', ...more })
      expect([status, answer['detail']]).toEqual([expected, expect.stringContaining(text)])
    })

    it('tells of stored customers what the server then does, mail for mail and run for run', async () => {
      const since = ciclo.clock.now()
      const until = since + 14 * DAY
      const month = createMonth({ seed: 7, customers, days: 12, start: since })
      const events = month.events.filter(({ source }) => source === 'secret')
      const lives = [...Map.groupBy(events, ({ event }) => event.userId ?? '')]
      const told: string[] = []
      const runs: string[] = []
      // Each is known to the shop by name, and by nothing else yet.
      for (const [userId] of lives)
        await ciclo.ciclo.ingest.submit([ciclo.item('secret', { type: 'identify', userId })])
      await ciclo.ciclo.settle()
      for (const [userId, own] of lives) {
        const { id: customerId = '' } = (await ciclo.customer(`userId=${userId}`)) ?? {}
        const { answer } = await ask({
          definition: CART,
          customer: { customerId },
          begin: iso(since + 1),
          actions: own.map(actionOf),
          until: iso(until),
        })
        const { messages, runs: ran } = TrySchema.parse(answer)
        for (const { id, outcome, at, reason } of messages)
          told.push(words(id, outcome === 'waiting' ? 'queued' : outcome, Date.parse(at), reason))
        for (const run of ran) runs.push([run.id, run.step, run.endedAt, run.endReason].join(' '))
      }
      const draft = await ciclo.request('/api/journeys/cart/draft', {
        method: 'PUT',
        body: JSON.stringify(CART),
      })
      expect(draft).toMatchObject({ id: 'cart' })
      await ciclo.request('/api/journeys/cart/publish', { method: 'POST', body: '{}' })
      await ciclo.ciclo.runJobs()
      await ciclo.ciclo.settle()
      await liveThroughMonth(ciclo, { past: [], events }, { until, occurrences: [] })
      const mails = [...(await readMails(ciclo)).values()]
      const real = mails.map(({ id, state, sentAt, reason }) => words(id, state, sentAt, reason))
      expect(told.toSorted()).toEqual(real.toSorted())
      const lived = (await readAllRuns(ciclo)).map((run) =>
        [run.id, run.value, run.endedAt === null ? null : iso(run.endedAt), run.endReason].join(' '),
      )
      expect(runs.toSorted()).toEqual(lived.toSorted())
      // A fortnight in which nothing happens would prove nothing.
      expect(real.filter((mail) => mail.startsWith('cart/')).length).toBeGreaterThan(customers / 4)
    }, 120_000)
  })
}
