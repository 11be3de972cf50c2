import { JourneySchema } from '@ciclo/engine'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createBacktests } from '../src/pages/journey/panels/backtest/createBacktests.ts'
import { mailsCsv } from '../src/pages/journey/panels/backtest/mailsCsv.ts'
import { readJsonLines } from '../src/pages/journey/panels/backtest/readJsonLines.ts'

const SEED = Number(process.env['SEED'] ?? 20_261_123)

const journeyOf = (steps: readonly object[], rest: object = {}) =>
  JourneySchema.parse({
    id: 'hello',
    name: 'Hello',
    trigger: { kind: 'event', name: 'Order Completed' },
    reentry: { kind: 'always' },
    steps,
    ...rest,
  })

describe('The lines of a back-test', () => {
  const streamOf = (pieces: readonly Uint8Array[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece)
        controller.close()
      },
    })

  const allOf = async (values: AsyncIterable<unknown>): Promise<unknown[]> => {
    const all: unknown[] = []
    for await (const value of values) all.push(value)
    return all
  }

  it('are read wherever the network cuts them, in the middle of a letter too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.jsonValue(), fc.string({ unit: 'grapheme' })), { maxLength: 8 }),
        fc.array(fc.nat(400), { maxLength: 12 }),
        fc.boolean(),
        async (values, cuts, endsWithNewLine) => {
          const text = values.map((value) => JSON.stringify(value)).join('\n') + (endsWithNewLine ? '\n' : '')
          const bytes = new TextEncoder().encode(text)
          const places = [
            0,
            ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b),
            bytes.length,
          ]
          const pieces = places.slice(1).map((end, index) => bytes.slice(places[index], end))
          expect(await allOf(readJsonLines(streamOf(pieces)))).toEqual(
            values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
          )
        },
      ),
      { seed: SEED },
    )
  })

  it('are not asked for any more by who stops listening', async () => {
    let isCancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('{"progress":1}\n')),
      cancel: () => {
        isCancelled = true
      },
    })
    for await (const line of readJsonLines(endless)) {
      expect(line).toEqual({ progress: 1 })
      break
    }
    expect(isCancelled).toBe(true)
  })

  it('end in an error where one of them is cut off', async () => {
    const torn = streamOf([new TextEncoder().encode('{"progress":1}\n{"res')])
    await expect(allOf(readJsonLines(torn))).rejects.toThrow(SyntaxError)
  })
})

describe('A back-test', () => {
  const journey = journeyOf([{ kind: 'end', id: 'done' }])
  const lineOf = (value: object) => new TextEncoder().encode(`${JSON.stringify(value)}\n`)
  /** A server that answers what it is told to, one line after the other, until its connection is cut. */
  const makeServer = () => {
    const answers: { say: (value: object) => void; end: () => void; asked: unknown }[] = []
    const backtests = createBacktests({
      fetch: async (_, init) => {
        await Promise.resolve()
        const body = new TransformStream<Uint8Array, Uint8Array>()
        const writer = body.writable.getWriter()
        writer.closed.catch(() => {})
        init?.signal?.addEventListener('abort', () => void writer.abort(init.signal?.reason).catch(() => {}))
        answers.push({
          asked: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
          say: (value) => void writer.write(lineOf(value)).catch(() => {}),
          end: () => void writer.close().catch(() => {}),
        })
        return new Response(body.readable)
      },
    })
    const answer = (place: number) => vi.waitFor(() => answers[place] ?? expect.fail('nothing was asked'))
    return { backtests, answer }
  }
  const mail = (id: string, at: string) => ({ message: { id, at } })

  it('tells how far it is, and has its mails in the order of their times', async () => {
    const { backtests, answer } = makeServer()
    const going = backtests.start(journey, { since: '90d' })
    const { say, end, asked } = await answer(0)
    expect(asked).toMatchObject({ since: '90d', definition: { id: 'hello' }, messages: true })
    say({ progress: { customers: 1, of: 2 } })
    await vi.waitFor(() => expect(backtests.of('hello')?.progress).toEqual({ customers: 1, of: 2 }))
    say(mail('b', '2026-02'))
    say(mail('c', '2026-01'))
    say(mail('a', '2026-02'))
    say({ result: { journey: 'hello' } })
    end()
    await going
    expect(backtests.of('hello')).toMatchObject({
      status: 'done',
      messages: [{ id: 'c' }, { id: 'a' }, { id: 'b' }],
      result: { journey: 'hello' },
    })
  })

  it.each([
    ['what the server says went wrong', [{ error: { code: 'internal', detail: 'No disk' } }], 'No disk'],
    [
      'an answer that ends early',
      [{ progress: { customers: 1, of: 2 } }],
      'The answer ended before its result',
    ],
  ])('fails with %s', async (_, lines, message) => {
    const { backtests, answer } = makeServer()
    const going = backtests.start(journey, { since: '90d' })
    const { say, end } = await answer(0)
    for (const line of lines) say(line)
    end()
    await going
    expect(backtests.of('hello')).toMatchObject({ status: 'failed', error: { message } })
  })

  it('is stopped by who asked for it', async () => {
    const { backtests, answer } = makeServer()
    const going = backtests.start(journey, { since: '90d' })
    await answer(0)
    backtests.cancel('hello')
    await going
    expect(backtests.of('hello')).toMatchObject({ status: 'cancelled', error: null })
  })

  it('gives way to the next one, of which nothing is lost', async () => {
    const { backtests, answer } = makeServer()
    const first = backtests.start(journey, { since: '30d' })
    await answer(0)
    const second = backtests.start(journey, { since: '90d' })
    const { say, end } = await answer(1)
    await first
    expect(backtests.of('hello')).toMatchObject({ status: 'running' })
    say({ result: { journey: 'hello' } })
    end()
    await second
    expect(backtests.of('hello')).toMatchObject({ status: 'done' })
  })
})

it('A table of mails is text in a spreadsheet, whatever stands in it', () => {
  const mail = {
    id: 'm',
    at: '2026-01-02T03:04:05.000Z',
    customerId: '=1+1',
    to: 'a"b@example.com',
    step: 'mail',
    template: 'welcome',
    purpose: 'marketing',
    locale: 'en',
    outcome: 'waiting' as const,
    reason: null,
    waitedFor: ['quiet-hours', 'frequency-cap'],
  }
  expect(mailsCsv([mail]).split('\r\n')).toEqual([
    'at,customerId,to,step,template,purpose,locale,outcome,reason,waitedFor',
    '2026-01-02T03:04:05.000Z,\'=1+1,"a""b@example.com",mail,welcome,marketing,en,waiting,,quiet-hours frequency-cap',
    '',
  ])
})
