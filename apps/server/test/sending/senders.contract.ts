import { DAY, HOUR, hourOf } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import type { TestCiclo } from '../support/createTestCiclo.ts'
import { useSenders, type Json } from '../support/useSenders.ts'

/** What goes by senders, how much, and when they are stopped: on a database, whichever it is. */
export function sendersContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`senders on ${database}`, () => {
    const { actions, ask, done, messagesOf, order, receiptOf, smtp, subscribe, takeLive, test } =
      useSenders(createDatabase)

    it('mails go by the main one of their purpose, from its address and with its headers', async () => {
      await takeLive('news', { replyTo: 'help@shop.example' })
      await test().store.write(async (tx) => {
        await tx.update(tx.tables.senders).set({ headers: { 'X-PM-Message-Stream': 'broadcast' } })
      })
      await test().ciclo.ingest.submit([subscribe('ann'), order('bob')])
      await test().ciclo.settle()
      const [welcome] = smtp().mailsTo('ann@gmail.com')
      expect(welcome?.email).toMatchObject({
        from: { name: 'Luna', address: 'news@shop.example' },
        replyTo: [{ address: 'help@shop.example' }],
      })
      expect(welcome?.raw.toString()).toMatch(/^X-PM-Message-Stream: broadcast\r$/im)
      const [thanks] = smtp().mailsTo('bob@gmail.com')
      expect(thanks?.email.from).toMatchObject({ name: 'Shop', address: 'news@shop.example' })
      expect(await done('GET', '/news')).toMatchObject({ day: { sent: 1 } })
      expect(await done('GET', '/transactional')).toMatchObject({ day: { sent: 1 } })
    })

    it('one is the main one of a purpose: who comes later stays beside it unless told otherwise', async () => {
      await takeLive('news')
      expect(await takeLive('vip')).toMatchObject({ isMain: false })
      expect(await done('POST', '/vip/live', { main: true })).toMatchObject({ isMain: true })
      expect(await done('GET', '/news')).toMatchObject({ status: 'live', isMain: false })
    })

    it('that are stopped keep their mails, and send them when they go on', async () => {
      expect(await done('POST', '/transactional/stop', { reason: 'moving house' })).toMatchObject({
        status: 'stopped',
        reason: 'by hand: moving house',
      })
      expect(await ask('POST', '/transactional/stop')).toMatchObject({ status: 409 })
      await test().ciclo.ingest.submit([order('ann')])
      await test().ciclo.settle()
      expect(await receiptOf('ann')).toMatchObject({ state: 'queued', reason: 'stream-stopped' })
      await done('POST', '/transactional/resume')
      await test().ciclo.settle()
      expect(await receiptOf('ann')).toMatchObject({ state: 'sent' })
      expect(smtp().mailsTo('ann@gmail.com')).toHaveLength(1)
      expect((await actions()).slice(0, 2)).toEqual(['sender.resumed', 'sender.stopped'])
    })

    it('warm up: what a day has no room for waits for the next, and order mail does not', async () => {
      await takeLive('news', {
        limits: { warmUp: { startedAt: test().clock.now(), first: 2, growth: 2, until: 100 } },
      })
      const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
      await test().ciclo.ingest.submit([...people.map((id) => subscribe(id, `${id}@x.example`)), order('z')])
      // A welcome that comes a day late has expired: these may wait.
      await test().store.write(async (tx) => {
        await tx.update(tx.tables.messages).set({ expiresAt: test().clock.now() + 30 * DAY })
      })
      const sent = () => smtp().mails.filter(({ envelope }) => envelope.to[0]?.endsWith('@x.example')).length
      const days: number[] = []
      for (let day = 0; day < 3; day += 1) {
        await test().ciclo.settle()
        days.push(sent())
        test().clock.set(test().clock.now() + DAY)
      }
      expect(days).toEqual([2, 6, 8])
      expect(smtp().mailsTo('z@gmail.com')).toHaveLength(1)
    })

    it('say of a mail at once that the warm-up makes it too late', async () => {
      await takeLive('news', { limits: { warmUp: { startedAt: test().clock.now() + DAY, first: 1 } } })
      await test().ciclo.ingest.submit([subscribe('ann')])
      await test().store.write(async (tx) => {
        await tx.update(tx.tables.messages).set({ expiresAt: test().clock.now() + HOUR })
      })
      await test().ciclo.settle()
      expect(await messagesOf('ann')).toMatchObject([{ state: 'refused', reason: 'warm-up' }])
    })

    it('keep to what a provider takes in an hour, whichever of its names an address has', async () => {
      await takeLive('news', { limits: { perHour: { 'gmail.com': 2 } } })
      await test().ciclo.ingest.submit([
        subscribe('a', 'a@gmail.com'),
        subscribe('b', 'b@googlemail.com'),
        subscribe('c', 'c@gmail.com'),
        subscribe('d', 'd@gmail.com'),
        subscribe('e', 'e@x.example'),
      ])
      await test().ciclo.settle()
      expect(smtp().mails).toHaveLength(1 + 3)
      const waiting = await test().store.read((tx) => tx.select().from(tx.tables.messages))
      expect(waiting.filter(({ state }) => state === 'queued')).toMatchObject(
        [1, 2].map(() => ({ reason: 'domain-limit', dueAt: hourOf(test().clock.now()) + HOUR })),
      )
      test().clock.set(test().clock.now() + HOUR)
      await test().ciclo.settle()
      expect(smtp().mails).toHaveLength(1 + 5)
    })

    it('give room back for what their server has put off', async () => {
      await takeLive('news', { limits: { warmUp: { startedAt: test().clock.now(), first: 1 } } })
      smtp().answer('ann@gmail.com', [{ at: 'RCPT TO', reply: '451 4.7.1 Later' }])
      await test().ciclo.ingest.submit([subscribe('ann')])
      await test().ciclo.settle()
      expect(await messagesOf('ann')).toMatchObject([{ state: 'queued', reason: 'retry' }])
      expect(await done('GET', '/news')).toMatchObject({ day: { sent: 0, deferred: 1 }, warmUp: { sent: 0 } })
      test().clock.set(test().clock.now() + HOUR)
      await test().ciclo.settle()
      expect(await messagesOf('ann')).toMatchObject([{ state: 'sent' }])
      expect(await done('GET', '/news')).toMatchObject({ warmUp: { mails: 1, sent: 1 } })
    })

    const bounce = (message: string, address: string, more: Json = { permanent: true }) =>
      test().item('own', {
        type: 'track',
        name: 'Email Bounced',
        properties: { message, address, response: '550 5.1.1 No such user', ...more },
      })
    /** So many mails were sent today, and one of each of these people. */
    const sendMany = async (sent: number, people: readonly string[]) => {
      await test().ciclo.ingest.submit(people.map((id) => subscribe(id)))
      await test().ciclo.settle()
      const messages = await test().store.read((tx) => tx.select().from(tx.tables.messages))
      await test().store.write(async (tx) => {
        await tx.update(tx.tables.sendingCounts).set({ sent })
      })
      return messages.map(({ id, address, customerId }) => ({ id, address, customerId }))
    }
    const tell = async (items: ReturnType<TestCiclo['item']>[], customerIds: string[]) => {
      await test().ciclo.ingest.submit(
        items.map((item, place) => ({ ...item, customerId: customerIds[place] ?? '' })),
      )
      await test().ciclo.settle()
    }

    it.each<[string, number, Json | null, string]>([
      [
        'bounces of 5 % of 200',
        200,
        { permanent: true, class: 'hard' },
        'bounces: 10 of 200 mails in a day (5.0 %)',
      ],
      [
        'refusals by 5.7.x of 10 %',
        100,
        { permanent: false, response: '550 5.7.1 Spam' },
        'blocked: 10 of 100 mails',
      ],
      [
        'refusals that a report calls ours',
        100,
        { permanent: false, class: 'blocked', response: '' },
        'blocked: 10 of 100',
      ],
      ['complaints of 0.3 % of 1,000', 1_000, null, 'complaints: 10 of 1000 mails in a day (1.0 %)'],
    ])('are stopped by %s, and only people let them go on', async (_what, sent, properties, reason) => {
      const people = Array.from({ length: 10 }, (_, place) => `p${place}`)
      const mails = await sendMany(sent, people)
      expect(mails).toHaveLength(10)
      const items = mails.map(({ id, address }) =>
        properties
          ? bounce(id, address, properties)
          : test().item('own', {
              type: 'track',
              name: 'Email Marked as Spam',
              properties: { message: id, address },
            }),
      )
      const ids = mails.map(({ customerId }) => customerId)
      await tell(items.slice(0, 9), ids)
      const before = await done('GET', '/marketing')
      if (properties) expect(before).toMatchObject({ status: 'live' })
      // What is told twice counts once.
      await tell(items.slice(0, 9), ids)
      if (properties) expect(await done('GET', '/marketing')).toEqual(before)
      await tell(items.slice(9), ids.slice(9))
      const stopped = await done('GET', '/marketing')
      expect(stopped).toMatchObject({
        status: 'stopped',
        isMain: true,
        reason: expect.stringContaining(properties ? reason : 'complaints: ') as string,
      })
      const { entries } = (await test().request('/api/audit')) as { entries: Json[] }
      expect(entries[0]).toMatchObject({
        action: 'sender.stopped',
        actor: 'ciclo',
        details: { sender: 'marketing' },
      })
      // Order mail has a name of its own.
      expect(await done('GET', '/transactional')).toMatchObject({ status: 'live' })
      await done('POST', '/marketing/resume')
      test().clock.set(test().clock.now() + 60_000)
      const [again] = await sendMany(sent, ['late'])
      await tell([bounce(again?.id ?? '', again?.address ?? '')], [again?.customerId ?? ''])
      expect(await done('GET', '/marketing')).toMatchObject({ status: 'live' })
    })

    const blocked = (mails: readonly { id: string; address: string }[]) =>
      mails.map(({ id, address }) => bounce(id, address, { permanent: false, response: '550 5.7.1 Spam' }))

    it('are watched again from the moment they go on, and not for what was sent before', async () => {
      const people = (prefix: string) => Array.from({ length: 10 }, (_, place) => `${prefix}${place}`)
      const idsOf = (mails: readonly { customerId: string }[]) => mails.map(({ customerId }) => customerId)
      test().clock.set(hourOf(test().clock.now()) + HOUR)
      const late = await sendMany(50, people('late'))
      const known = new Set(late.map(({ id }) => id))
      const first = (await sendMany(50, people('first'))).filter(({ id }) => !known.has(id))
      await tell(blocked(first), idsOf(first))
      expect(await done('GET', '/marketing')).toMatchObject({ status: 'stopped', day: { blocked: 10 } })
      test().clock.set(test().clock.now() + 60_000)
      await done('POST', '/marketing/resume')

      // What comes back of what had left before, also where it does an hour later.
      const { length: half } = late.slice(5)
      await tell(blocked(late.slice(0, half)), idsOf(late))
      test().clock.set(test().clock.now() + HOUR)
      await tell(blocked(late.slice(half)), idsOf(late.slice(half)))
      const resumed = await done('GET', '/marketing')
      expect(resumed).toMatchObject({ status: 'live', day: { blocked: 20 } })
    })

    it('go on by being taken live anew, too, and not for what has come back until then', async () => {
      await takeLive('news')
      const people = Array.from({ length: 11 }, (_, place) => `p${place}`)
      const mails = await sendMany(50, people)
      const ids = mails.map(({ customerId }) => customerId)
      await tell(blocked(mails.slice(0, 10)), ids)
      expect(await done('GET', '/news')).toMatchObject({ status: 'stopped' })
      await done('POST', '/news/live', { testTo: 'me@shop.example' })
      await tell(blocked(mails.slice(10)), ids.slice(10))
      expect(await done('GET', '/news')).toMatchObject({ status: 'live', day: { blocked: 11 } })
    })

    it('are stopped again in the hour in which they went on', async () => {
      const people = (prefix: string) => Array.from({ length: 10 }, (_, place) => `${prefix}${place}`)
      test().clock.set(hourOf(test().clock.now()) + HOUR)
      const first = await sendMany(50, people('first'))
      await tell(
        blocked(first),
        first.map(({ customerId }) => customerId),
      )
      expect(await done('GET', '/marketing')).toMatchObject({ status: 'stopped' })
      test().clock.set(test().clock.now() + 60_000)
      await done('POST', '/marketing/resume')
      test().clock.set(test().clock.now() + 60_000)
      const known = new Set(first.map(({ id }) => id))
      const again = (await sendMany(100, people('again'))).filter(({ id }) => !known.has(id))
      expect(again).toHaveLength(10)
      const ids = again.map(({ customerId }) => customerId)
      await tell(blocked(again.slice(0, 9)), ids)
      expect(await done('GET', '/marketing')).toMatchObject({ status: 'live' })
      await tell(blocked(again.slice(9)), ids.slice(9))
      expect(await done('GET', '/marketing')).toMatchObject({
        status: 'stopped',
        reason: expect.stringContaining('blocked: 10 of ') as string,
      })
    })

    it('are not stopped by refusals of addresses that somebody has only claimed', async () => {
      const mails = await sendMany(
        100,
        Array.from({ length: 10 }, (_, place) => `p${place}`),
      )
      await test().store.write(async (tx) => {
        await tx.update(tx.tables.messages).set({ claimed: true })
      })
      await tell(
        mails.map(({ id, address }) =>
          bounce(id, address, { permanent: false, response: '550 5.7.1 Not you' }),
        ),
        mails.map(({ customerId }) => customerId),
      )
      expect(await done('GET', '/marketing')).toMatchObject({ status: 'live', day: { blocked: 0 } })
    })

    it('are not stopped by what a browser says, nor by what nobody was sent', async () => {
      const mails = await sendMany(
        200,
        Array.from({ length: 10 }, (_, place) => `p${place}`),
      )
      const told = mails.map(({ id, address }) => ({
        ...bounce(id, address),
        input: { ...bounce(id, address).input, source: 'public' as const },
      }))
      await tell(
        told,
        mails.map(({ customerId }) => customerId),
      )
      await tell(
        mails.map(({ address }, place) => bounce(`none-${place}`, address)),
        mails.map(({ customerId }) => customerId),
      )
      expect(await done('GET', '/marketing')).toMatchObject({ status: 'live', day: { bounced: 0 } })
    })
  })
}
