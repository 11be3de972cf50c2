import { describe, expect, it } from 'vitest'
import { changeSuppressions } from '../../src/store/queries/suppressions.ts'
import { hashAddress } from '../../src/tokens.ts'
import { SECRET, SECRET_KEY } from '../support/createTestCiclo.ts'
import { campaignOf, EVERYBODY, useCampaigns, type Json } from './campaignWorld.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** One-off messages to a segment, whatever the database. */
export function campaignsContract(
  database: string,
  createDatabase: () => Promise<string>,
  /** Whether mails in other words are looked at, too: what a shop writes is rendered in processes of its own. */
  { isWorded = false }: { isWorded?: boolean } = {},
): void {
  describe(`Campaigns on ${database}`, () => {
    const world = useCampaigns(createDatabase)
    const { people, launch, figures, settle, passTime, recipients, act, save, send, unsubscribe } = world

    const reasonsOf = async () =>
      Object.fromEntries((await recipients()).map(({ name, state, reason }) => [name, reason ?? state]))

    it('go to all of a segment who may get them, and say of each other why not, before anything leaves', async () => {
      await world.set({
        topics: [{ id: 'news', name: { en: 'News' } }],
        consent: { country: 'PL', bases: ['consent', 'existing-customer'] },
      })
      await people(['ada', 'ben'])
      await people(['no-yes'], { subscribed: false })
      await people(['left', 'bounced', 'parked', 'topical', 'basis', 'other'])
      await people(['twin'], { traits: { email: 'the.twin@gmail.com' } })
      await people(['twin-again'], { traits: { email: 'thetwin@gmail.com' } })
      await world.submit(
        world.test.item('secret', { type: 'identify', userId: 'nowhere', traits: { member: true } }),
        world.test.item('secret', {
          type: 'track',
          name: 'Unsubscribed',
          userId: 'topical',
          properties: { topic: 'news' },
        }),
        world.test.item('secret', { type: 'identify', userId: 'other', traits: { member: false } }),
      )
      await unsubscribe('left')
      const { test } = world
      const [parkedId, bouncedId] = [await world.idOf('parked'), await world.idOf('bounced')]
      await test.ciclo.ingest.submit([
        {
          workspaceId: test.workspaceId,
          customerId: bouncedId,
          input: {
            ...test.item('own', {
              type: 'track',
              name: 'Email Bounced',
              properties: { permanent: true, address: 'bounced@example.com', class: 'hard' },
            }).input,
          },
        },
        test.item('secret', {
          type: 'track',
          name: 'Subscribed',
          userId: 'basis',
          properties: { email: 'basis@example.com', basis: 'existing-customer' },
        }),
      ])
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        const rows = await tx.select().from(customers)
        for (const row of rows.filter(({ id }) => id === parkedId))
          await tx
            .insert(customers)
            .values(row)
            .onConflictDoUpdate({
              target: [customers.workspaceId, customers.id],
              set: { parked: 'RangeError: a test' },
            })
      })

      const expected = {
        'no-address': 1,
        'no-permission': 1,
        unsubscribed: 1,
        suppressed: 1,
        'topic-refused': 1,
        parked: 1,
        'same-address': 1,
      }
      await save(campaignOf({ topic: 'news' }))
      const preview = await act('preview')
      expect(preview).toMatchObject({ problems: [], variants: [{ id: 'all' }] })
      expect(world.smtp.mails).toHaveLength(0)
      await act('start')
      await settle()
      const { skipped, sent, audience } = await figures()
      expect(skipped.reasons).toMatchObject(expected)
      expect(preview).toMatchObject({ audience, skipped, recipients: sent })
      expect(await reasonsOf()).toMatchObject({
        nowhere: 'no-address',
        'no-yes': 'no-permission',
        left: 'unsubscribed',
        bounced: 'suppressed',
        topical: 'topic-refused',
        parked: 'parked',
        ada: 'sent',
        ben: 'sent',
      })
      expect((await recipients()).some(({ name }) => name === 'other')).toBe(false)
      expect(world.mailsTo('ada')).toHaveLength(1)
      expect(world.smtp.mails).toHaveLength(sent)
      await passTime(MINUTE)
      expect(await figures()).toMatchObject({ status: 'done', sent })
    })

    it('leave out who is in another segment, and are for those who were in theirs at the start', async () => {
      await people(['ada', 'ben', 'eve'])
      await people(['eve'], { traits: { vip: true } })
      const rule = { kind: 'trait', path: ['vip'], condition: { operator: 'is', value: true } }
      for (const [id, of] of [
        ['vip', rule],
        ['members', EVERYBODY.rule],
      ] as const)
        await world.test.request(`/api/segments/${id}`, {
          method: 'PUT',
          body: JSON.stringify({ name: id, rule: of }),
        })
      expect(await launch(campaignOf({ audience: { segment: 'members' }, exclude: ['vip'] }))).toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('still being built') as unknown,
      })
      await passTime(MINUTE)
      const deleted = async () => await world.test.request('/api/segments/vip', { method: 'DELETE' })
      await act('start')
      // Without it, those would get a mail who must not.
      expect(await deleted()).toMatchObject({ code: 'conflict' })
      await settle()
      expect(await reasonsOf()).toEqual({ ada: 'sent', ben: 'sent' })
      expect(await deleted()).toEqual({ id: 'vip' })
    })

    it('ask again when a mail is about to go: who has unsubscribed since the freezing gets none', async () => {
      await people(['ada', 'ben'])
      await launch(campaignOf({ schedule: { kind: 'local', time: '18:00' } }))
      await settle()
      expect(await figures()).toMatchObject({ status: 'sending', waiting: 2 })
      await unsubscribe('ben')
      await passTime(DAY)
      expect(await reasonsOf()).toEqual({ ada: 'sent', ben: 'unsubscribed' })
      expect(await figures()).toMatchObject({
        status: 'done',
        sent: 1,
        refused: { total: 1, reasons: { unsubscribed: 1 } },
      })
      expect(world.mailsTo('ben')).toHaveLength(0)
    })

    it('are paused with what is in the outbox, go on, and are cancelled for good', async () => {
      await people(['ada', 'ben', 'eve'])
      await people(['late'], { traits: { timezone: 'Pacific/Kiritimati' } })
      await launch(campaignOf({ schedule: { kind: 'local', time: '18:00' } }))
      await settle()
      expect(await act('pause')).toMatchObject({ status: 'paused' })
      await passTime(7 * HOUR)
      expect(await figures()).toMatchObject({ status: 'paused', waiting: 4, sent: 0 })
      expect(await act('start')).toMatchObject({ code: 'conflict' })
      expect(await act('resume')).toMatchObject({ status: 'sending' })
      world.smtp.answer('ben@example.com', [{ at: 'RCPT TO', reply: '451 4.3.0 Later' }])
      await settle()
      expect(await figures()).toMatchObject({ sent: 2, waiting: 1, queued: { total: 1 } })
      await act('pause')
      await passTime(3 * HOUR)
      expect(await figures()).toMatchObject({
        sent: 2,
        queued: { total: 1, reasons: { 'campaign-paused': 1 } },
      })
      expect(await act('cancel')).toMatchObject({ status: 'cancelled' })
      await settle()
      await passTime(MINUTE)
      expect(await figures()).toMatchObject({
        status: 'cancelled',
        sent: 2,
        refused: { total: 1, reasons: { 'campaign-cancelled': 1 } },
        cancelled: 1,
      })
      expect(await send('GET', '/spring')).toMatchObject({ endedAt: expect.any(String) as unknown })
      expect(await act('resume')).toMatchObject({ code: 'conflict' })
      const { entries } = (await world.test.request('/api/audit')) as { entries: Json[] }
      expect(entries.map(({ action }) => action)).toEqual([
        'campaign.cancelled',
        'campaign.paused',
        'campaign.resumed',
        'campaign.paused',
        'campaign.started',
        'campaign.saved',
      ])
    })

    it('write once to two of their recipients who turn out to be one', async () => {
      await people(['ada', 'ben'])
      const { test } = world
      const twin = { anonymousId: 'browser', properties: { email: 'twin@example.com' } }
      await world.submit(
        test.item('secret', { type: 'identify', ...twin, traits: { ...twin.properties, member: true } }),
        test.item('secret', { type: 'track', name: 'Subscribed', ...twin }),
      )
      await launch(campaignOf({ schedule: { kind: 'local', time: '18:00' } }))
      await settle()
      expect(await figures()).toMatchObject({ waiting: 3 })
      const one = { type: 'identify', userId: 'ada', traits: { email: 'twin@example.com' } } as const
      await world.submit(test.item('secret', one))
      expect((await test.customer('email=twin@example.com'))?.id).toBe(await world.idOf('ada'))
      await passTime(DAY)
      expect(await figures()).toMatchObject({ sent: 2, skipped: { reasons: { merged: 1 } } })
      expect(world.smtp.mails).toHaveLength(2)
    })

    it('count who is erased in between, keep nothing of them, and still add up', async () => {
      await people(['ada', 'ben', 'eve', 'zoe'])
      await launch(campaignOf({ schedule: { kind: 'local', time: '18:00' } }))
      await settle()
      const erase = async (userId: string) =>
        await world.test.request('/api/erasures', { method: 'POST', body: JSON.stringify({ userId }) })
      await erase('ada')
      expect(await figures()).toMatchObject({ audience: 4, waiting: 3, erased: 1 })
      world.smtp.answer('ben@example.com', [{ at: 'RCPT TO', reply: '451 4.3.0 Later' }])
      await passTime(6 * HOUR)
      expect(await figures()).toMatchObject({ sent: 2, queued: { total: 1 }, erased: 1 })
      await erase('ben')
      await erase('eve')
      expect(await figures()).toMatchObject({ sent: 2, queued: { total: 0 }, erased: 2 })
      expect(await recipients()).toHaveLength(1)
      await passTime(MINUTE)
      expect(await figures()).toMatchObject({ status: 'done', sent: 2, erased: 2 })
    })

    it('tell what people did with each variant, without the machines', async () => {
      const names = Array.from({ length: 8 }, (_, place) => `person${place}`)
      await people(names)
      // So that there are two of them whatever their ids are.
      const variety = [{ id: 'plain' }, { id: 'bold', template: 'sunset', weight: 999 }]
      await launch(campaignOf({ variants: variety }))
      await settle()
      const bold = (await recipients()).flatMap(({ name, variant }) => (variant === 'bold' ? [name] : []))
      const [first = '', second = ''] = bold
      const tell = async (name: string, event: string, properties: Json = {}) => {
        const { test } = world
        const customerId = await world.idOf(name)
        const message = `campaign/spring/${customerId}`
        const own = test.item('own', { type: 'track', name: event, properties: { message, ...properties } })
        await test.ciclo.ingest.submit([{ ...own, customerId }])
      }
      await tell(first, 'Email Link Clicked', { class: 'human' })
      await tell(first, 'Email Link Clicked', { class: 'human' })
      await tell(second, 'Email Link Clicked', { class: 'machine' })
      await tell(second, 'Unsubscribed', { address: `${second}@example.com` })
      const { variants, comparisons } = await figures()
      expect(variants.find(({ id }) => id === 'bold')).toMatchObject({
        template: 'sunset',
        recipients: bold.length,
        sent: bold.length,
        delivered: bold.length,
        clicked: 1,
        unsubscribed: 1,
        clickRate: { numerator: 1, denominator: bold.length },
      })
      expect(variants.find(({ id }) => id === 'plain')).toMatchObject({ clicked: 0, unsubscribed: 0 })
      expect(comparisons).toEqual([
        expect.objectContaining({ variant: 'bold', with: 'plain', verdict: 'not enough data yet' }),
      ])
      // Whoever has clicked and is erased was still somebody who had.
      await world.test.request('/api/erasures', { method: 'POST', body: JSON.stringify({ userId: first }) })
      const after = (await figures()).variants.find(({ id }) => id === 'bold')
      expect(after).toMatchObject({ clicked: 1, sent: bold.length })
    })

    it.runIf(isWorded)('word a variant otherwise, in the languages that say so', async () => {
      // Which words a campaign's mails are in is remembered by its id.
      const id = 'worded'
      await people(Array.from({ length: 6 }, (_, place) => `reader${place}`))
      await people(['ania'], { traits: { locale: 'pl' } })
      const broken = { en: { subject: 'Hello {{ customer.firstName' } }
      expect(await launch(campaignOf({ strings: broken }), id)).toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('subject') as unknown,
      })
      const bold = { id: 'bold', strings: { en: { subject: 'Two days left, {{ customer.email }}' } } }
      await launch(campaignOf({ variants: [{ id: 'plain' }, bold] }), id)
      await settle()
      const found = await recipients(id)
      expect(found).toHaveLength(7)
      for (const { name, variant } of found) {
        const isBold = variant === 'bold' && name !== 'ania'
        const { subject } = world.mailsTo(name).at(0)?.email ?? {}
        expect(subject === `Two days left, ${name}@example.com`).toBe(isBold)
      }
    })

    it('count a mail that has come back as sent and not delivered, and one that was refused as failed', async () => {
      await people(['ada', 'ben', 'eve'])
      world.smtp.answer('ben@example.com', [{ at: 'RCPT TO', reply: '550 5.1.1 No such user' }])
      await launch()
      await settle()
      const customerId = await world.idOf('ada')
      const own = world.test.item('own', {
        type: 'track',
        name: 'Email Bounced',
        properties: {
          message: `campaign/spring/${customerId}`,
          permanent: true,
          address: 'ada@example.com',
          class: 'hard',
        },
      })
      await world.test.ciclo.ingest.submit([{ ...own, customerId }])
      const { variants, ...all } = await figures()
      expect(all).toMatchObject({ sent: 2, failed: { total: 1, reasons: { bounced: 1 } } })
      expect(variants).toMatchObject([{ sent: 2, bounced: 1, delivered: 1 }])
    })

    it('keep those until the morning where it is night, without filling the outbox', async () => {
      await world.set({ quietHours: { from: '20:00', to: '08:00' } })
      await people(['ada'])
      await people(['bea'], { traits: { timezone: 'Asia/Tokyo' } })
      await launch()
      await settle()
      expect(await figures()).toMatchObject({ sent: 1, waiting: 1, queued: { total: 0 } })
      await passTime(DAY)
      expect(await figures()).toMatchObject({ status: 'done', sent: 2 })
      const sentAt = world.mailsTo('bea').at(0)?.email.date ?? ''
      expect(new Date(sentAt).getUTCHours()).toBe(23)
    })

    it('find their audience off the event loop where there are many, in the same way', async () => {
      const names = Array.from({ length: 110 }, (_, place) => `reader${place}`)
      await people(names)
      await people(['no1', 'no2'], { subscribed: false })
      const { test } = world
      const withdrawn = hashAddress(SECRET, test.workspaceId, 'reader7@example.com')
      await test.store.write((tx) =>
        changeSuppressions(tx, test.workspaceId, [{ addressHash: withdrawn, reason: 'bounce', at: 0 }]),
      )
      await save(campaignOf({ schedule: { kind: 'local', time: '18:00' } }))
      const expected = {
        audience: 112,
        skipped: { total: 3, reasons: { 'no-permission': 2, suppressed: 1 } },
      }
      expect(await act('preview')).toMatchObject({ ...expected, recipients: 109 })
      await act('start')
      await settle()
      expect(await figures()).toMatchObject({ ...expected, waiting: 109, status: 'sending' })
    })

    it('are named by the mails of a customer, with the variant and the topic', async () => {
      await world.set({ topics: [{ id: 'news', name: { en: 'News' } }] })
      await people(['ada'])
      await launch(campaignOf({ topic: 'news', variants: [{ id: 'plain' }, { id: 'bold' }] }))
      await settle()
      const variant = (await recipients()).at(0)?.variant ?? ''
      expect(await world.test.below(await world.idOf('ada'), 'messages')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ campaign: 'spring', variant, topic: 'news', journey: null }),
        ]),
      )
    })

    it('say who was refused and why, a page at a time', async () => {
      await people(['ada', 'ben', 'eve'])
      await people(['no1', 'no2', 'no3'], { subscribed: false })
      await launch()
      await settle()
      await passTime(MINUTE)
      const walk = async (query: string) => {
        const seen: unknown[] = []
        for (let cursor = ''; ;) {
          const page = await send('GET', `/spring/recipients?limit=2${query}${cursor}`)
          seen.push(...(page['recipients'] as Json[]).map(({ customerId }) => customerId))
          if (page['next'] === null) return seen
          cursor = `&cursor=${page['next'] as string}`
        }
      }
      expect(new Set(await walk('')).size).toBe(6)
      expect(new Set(await walk('&state=skipped')).size).toBe(3)
      expect(new Set(await walk('&state=skipped&reason=no-permission')).size).toBe(3)
      expect(await walk('&state=skipped&reason=parked')).toEqual([])
      expect(new Set(await walk('&state=sent')).size).toBe(3)
      expect(await send('GET', '/spring/recipients?reason=parked')).toMatchObject({ code: 'bad-request' })
    })

    it('are changed and deleted as drafts only, and not started where something is wrong', async () => {
      await people(['ada'])
      await save(campaignOf({ template: 'nothing', topic: 'news', sender: 'other' }))
      const { problems } = await act('preview')
      expect(problems).toEqual([
        { path: 'topic', message: expect.stringContaining('news') as unknown },
        { path: 'sender', message: expect.stringContaining('other') as unknown },
        { path: 'template', message: expect.stringContaining('nothing') as unknown },
      ])
      expect(await act('start')).toMatchObject({ code: 'conflict', problems })
      await save(campaignOf({ template: 'opt-in-confirmation' }))
      expect(await act('start')).toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('order mail') as unknown,
      })
      await save(campaignOf({ schedule: { kind: 'at', at: '2020-01-01T00:00:00Z' } }))
      expect(await act('start')).toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('is over') as unknown,
      })
      expect(await send('DELETE', '/spring')).toEqual({ id: 'spring' })
      expect(await send('GET', '/spring')).toMatchObject({ code: 'not-found' })
      expect(await send('GET', '/spring/figures')).toMatchObject({ code: 'not-found' })
      expect(await send('GET', '/spring/recipients')).toMatchObject({ code: 'not-found' })

      await launch()
      expect(await save(campaignOf({ name: 'Another' }))).toMatchObject({ code: 'conflict' })
      expect(await send('DELETE', '/spring')).toMatchObject({ code: 'conflict' })
      await save(campaignOf(), 'autumn')
      const { campaigns } = (await send('GET', '')) as { campaigns: Json[] }
      expect(campaigns.map(({ id, status }) => [id, status])).toEqual(
        expect.arrayContaining([
          ['spring', 'freezing'],
          ['autumn', 'draft'],
        ]),
      )
    })

    it('are not written over by whoever has not seen what is there', async () => {
      await people(['ada'])
      const put = async (headers: Record<string, string>, name: string) => {
        const response = await world.test.ciclo.app.request('/api/campaigns/seen', {
          method: 'PUT',
          headers: { authorization: `Bearer ${SECRET_KEY}`, ...headers },
          body: JSON.stringify(campaignOf({ name })),
        })
        const body = (await response.json()) as Json
        return { status: response.status, hash: body['hash'], etag: response.headers.get('etag') }
      }
      expect(await put({ 'if-match': '"seen"' }, 'one')).toMatchObject({ status: 409 })
      const first = await put({ 'if-none-match': '*' }, 'one')
      expect(first).toEqual({ status: 200, hash: first.hash, etag: `"${String(first.hash)}"` })
      expect(await put({ 'if-none-match': '*' }, 'two')).toMatchObject({ status: 409 })
      expect(await world.test.request('/api/campaigns/seen')).toMatchObject({ hash: first.hash })
      expect(await put({ 'if-match': first.etag ?? '' }, 'two')).toMatchObject({ status: 200 })
      expect(await put({ 'if-match': first.etag ?? '' }, 'three')).toMatchObject({ status: 409 })
      expect(await put({}, 'one')).toMatchObject({ status: 200, hash: first.hash })
    })

    it('begin at their time, and see those who came in until then', async () => {
      await people(['ada'])
      const at = new Date(world.now() + 2 * HOUR).toISOString()
      expect(await launch(campaignOf({ schedule: { kind: 'at', at } }))).toMatchObject({
        status: 'scheduled',
        startAt: at,
      })
      await settle()
      await people(['ben'])
      await passTime(3 * HOUR)
      expect(await reasonsOf()).toEqual({ ada: 'sent', ben: 'sent' })
      expect(world.mailsTo('ada').at(0)?.email.date).toBe(at)
    })
  })
}
