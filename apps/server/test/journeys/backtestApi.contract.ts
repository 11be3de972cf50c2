import { DAY, HOUR, JourneySchema, type Journey } from '@ciclo/engine'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { BacktestLineSchema, type BacktestResult } from '../../src/routes/backtestSchemas.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'

type Line = z.infer<typeof BacktestLineSchema>

const mailOn = (id: string, name: string, more: Record<string, unknown> = {}): Journey =>
  JourneySchema.parse({
    id,
    name: id,
    trigger: { kind: 'event', name },
    reentry: { kind: 'always' },
    steps: [{ kind: 'send', id: 'mail', template: 'thank-you', purpose: 'marketing' }],
    ...more,
  })

const waiting = [
  { kind: 'delay', id: 'day', duration: '1d' },
  { kind: 'send', id: 'mail', template: 'thank-you', purpose: 'marketing' },
]

const THANKS = mailOn('thanks', 'Order Completed')
const BROWSED = mailOn('browsed', 'Product Viewed', { steps: waiting, exclusion: { group: 'one', rank: 1 } })
const ONCE = mailOn('once', 'Survey Answered', { reentry: { kind: 'never' } })

/** The back-test by the API: what it answers, and that nothing comes of it. */
export function backtestApiContract(name: string, openDatabase: () => Promise<string>): void {
  describe(`back-tests by the API on ${name}`, () => {
    let smtp: SmtpCatcher
    let ciclo: TestCiclo
    // One for all, as the process for back-tests takes a second to start: each test finds its own customer alone there.
    let tests = 0
    const user = () => `ann-${tests}`
    const address = () => `${user()}@shop-customers.example`

    beforeAll(async () => {
      smtp = await startSmtpCatcher()
      ciclo = await createTestCiclo({
        databaseUrl: await openDatabase(),
        smtpUrl: smtp.url,
        journeys: [THANKS, BROWSED, ONCE],
        demo: true,
      })
    })
    beforeEach(async () => {
      tests += 1
      await tell('Subscribed', { email: address() })
    })
    afterEach(async () => {
      const body = JSON.stringify({ userId: user() })
      await ciclo.request('/api/erasures', { method: 'POST', body })
      expect((await rows()).flat()).toEqual([])
    })
    afterAll(async () => {
      await ciclo.stop()
      await smtp.stop()
    })

    const tell = async (event: string, properties: Record<string, unknown> = {}) => {
      await ciclo.ciclo.ingest.submit([
        ciclo.item('secret', { type: 'track', name: event, properties, userId: user() }),
      ])
      await ciclo.ciclo.settle()
    }
    /** Lets time pass, and what is due in it happen. */
    const pass = async (milliseconds: number) => {
      ciclo.clock.set(ciclo.clock.now() + milliseconds)
      await ciclo.ciclo.settle()
    }
    const ask = async (id: string, body: Record<string, unknown>) =>
      await ciclo.ciclo.app.request(`/api/journeys/${id}/backtest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const linesOf = async (id: string, body: Record<string, unknown> = {}): Promise<Line[]> => {
      const response = await ask(id, body)
      expect(response.headers.get('content-type')).toContain('application/x-ndjson')
      return (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => BacktestLineSchema.parse(JSON.parse(line)))
    }
    const backtest = async (id: string, body: Record<string, unknown> = {}): Promise<BacktestResult> => {
      const last = (await linesOf(id, body)).at(-1)
      if (!last || !('result' in last))
        throw new Error(`Expected a result, was answered ${JSON.stringify(last)}`)
      return last.result
    }
    const rows = () =>
      ciclo.store.read(async (tx) => {
        const { events, enrolments, messages, customers } = tx.tables
        return [
          await tx.select().from(events),
          await tx.select().from(enrolments),
          await tx.select().from(messages),
          await tx.select().from(customers),
        ]
      })

    it('tell how far they have come, every mail, and the result', async () => {
      await pass(HOUR)
      await tell('Order Completed', { order_id: 'o1', total: 10 })
      const day = new Date(ciclo.clock.now()).toISOString().slice(0, 10)
      await pass(HOUR)
      const lines = await linesOf('thanks', { since: '1d', messages: true })
      expect(lines[0]).toEqual({ progress: { customers: 0, of: 1 } })
      expect(lines).toContainEqual({ progress: { customers: 1, of: 1 } })
      const [mail] = lines.flatMap((line) => ('message' in line ? line.message : []))
      expect(mail).toMatchObject({
        to: address(),
        step: 'mail',
        outcome: 'sent',
        waitedFor: [],
      })
      expect(lines.at(-1)).toMatchObject({
        result: {
          journey: 'thanks',
          version: 1,
          live: 1,
          customers: 1,
          runs: { started: 1, customers: 1, running: 0, ended: { completed: 1 } },
          steps: [{ step: 'mail', entered: 1, waiting: 0, wentOn: 1, ended: 0 }],
          mails: { asked: 1, sent: 1, refused: 0, expired: 0, waiting: 0 },
          templates: [{ template: 'thank-you', sent: 1, days: [{ day, sent: 1 }] }],
          difference: { customers: { same: 1, more: 0, fewer: 0, other: 0 } },
          messages: [mail],
        },
      })
    })

    it('send nothing and write nothing', async () => {
      await tell('Order Completed', { order_id: 'o1', total: 10 })
      await pass(HOUR)
      const [before, sent] = [await rows(), smtp.mails.length]
      const definition = mailOn('fresh', 'Order Completed')
      const { mails, live, version, difference } = await backtest('fresh', { since: '2d', definition })
      expect({ mails, live, version }).toMatchObject({ mails: { sent: 1 }, live: null, version: null })
      expect(difference.customers).toEqual({ same: 0, more: 1, fewer: 0, other: 0 })
      expect(difference.journeys).toContainEqual({ journey: 'fresh', live: 0, candidate: 1 })
      await ciclo.ciclo.settle()
      expect(await rows()).toEqual(before)
      expect(smtp.mails).toHaveLength(sent)
    })

    it('compare with the version that is live, and end what is sent no more', async () => {
      await tell('Order Completed', { order_id: 'o1', total: 10 })
      await pass(HOUR)
      const definition = { ...THANKS, steps: [{ kind: 'end', id: 'nothing' }] }
      const { difference, mails } = await backtest('thanks', { since: '2d', definition })
      expect(mails.asked).toBe(0)
      expect(difference.customers).toEqual({ same: 0, more: 0, fewer: 1, other: 0 })
      expect(difference.sample).toEqual([{ customerId: expect.any(String) as string, live: 1, candidate: 0 }])
    })

    it('tell of runs before the period only what re-entry asks of them', async () => {
      await tell('Survey Answered', { score: 5 })
      await pass(2 * DAY)
      await tell('Survey Answered', { score: 6 })
      await pass(HOUR)
      expect((await backtest('once', { since: '1d' })).runs.started).toBe(0)
      expect((await backtest('once', { since: '3d' })).runs.started).toBe(1)
    })

    it('see mails of other journeys that are near, or that use up the cap', async () => {
      await ciclo.request('/api/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ cap: { perDay: 1, perWeek: null } }),
      })
      await tell('Order Completed', { order_id: 'o1', total: 10 })
      await pass(HOUR)
      await tell('Survey Answered', { score: 5 })
      await pass(2 * DAY)
      const { collisions, postponed } = await backtest('once', { since: '10d' })
      expect(collisions).toMatchObject({ near: 0, heldBackBy: { thanks: 1 }, heldBack: {} })
      expect(postponed).toEqual({ 'frequency-cap': 1 })
      expect((await backtest('thanks', { since: '10d' })).collisions.heldBack).toEqual({ once: 1 })
      await ciclo.request('/api/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ cap: null }),
      })
      expect((await backtest('once', { since: '10d' })).collisions).toMatchObject({
        near: 1,
        nearBy: { thanks: 1 },
      })
    })

    it('see runs that a journey of their group ends', async () => {
      await tell('Product Viewed', { product_id: 'p1' })
      await pass(HOUR)
      await tell('Product Added', { product_id: 'p1' })
      await pass(2 * DAY)
      const definition = mailOn('carted', 'Product Added', {
        steps: waiting,
        exclusion: { group: 'one', rank: 2 },
      })
      const { collisions, difference } = await backtest('carted', { since: '10d', definition })
      expect(collisions.overtook).toEqual({ browsed: 1 })
      expect(difference.journeys).toContainEqual({ journey: 'browsed', live: 1, candidate: 0 })
    })

    it('count somebody who was two customers once', async () => {
      const { ingest } = ciclo.ciclo
      const view = {
        type: 'track' as const,
        name: 'Product Viewed',
        anonymousId: 'browser',
        properties: { product_id: 'p1' },
      }
      await ingest.submit([ciclo.item('public', view)])
      await pass(HOUR)
      await ingest.submit([
        ciclo.item('secret', { type: 'identify', anonymousId: 'browser', userId: user() }),
      ])
      await pass(2 * DAY)
      const { customers, runs } = await backtest('browsed', { since: '10d' })
      expect({ customers, started: runs.started }).toEqual({ customers: 1, started: 1 })
    })

    it.each([
      [{ since: 'yesterday' }, 400, 'since: given "yesterday", expected a time of ISO 8601'],
      [{ since: '2030-01-01' }, 400, 'expected a time before the end of the period'],
      [{ until: '2030-01-01' }, 400, 'until: given "2030-01-01", expected a time that is over'],
      [{ version: 9 }, 404, 'There is no version 9 of the journey thanks'],
      [{ definition: { ...THANKS, id: 'other' } }, 400, 'definition.id: given "other", expected "thanks"'],
      [{ definition: { id: 'thanks' } }, 400, 'definition.name: '],
    ])('refuse %j', async (body, status, detail) => {
      const response = await ask('thanks', body)
      expect(response.status).toBe(status)
      expect(((await response.json()) as { detail: string }).detail).toContain(detail)
    })

    it('refuse a journey that nobody has written', async () => {
      expect((await ask('nobodys', {})).status).toBe(404)
    })

    it('end when nobody listens any more, and leave the next one in peace', async () => {
      const reader = (await ask('thanks', { since: '1d' })).body?.getReader()
      await reader?.read()
      await reader?.cancel()
      expect((await backtest('thanks', { since: '1d' })).customers).toBe(1)
    })
  })
}
