import { MESSAGE_STATES } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import { createTokens } from '../../src/tokens.ts'
import { claimMessages } from '../../src/store/queries/messages.ts'
import { SECRET } from '../support/createTestCiclo.ts'
import { useMessages } from './useMessages.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 1, 12)
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'

/** The outbox by the API, on a database. */
export function messagesContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the outbox on ${database}`, () => {
    const mail = useMessages(createDatabase)
    const { world, all, cancel, counts, detail, ids, list, page, put, submit, subscribe, found } = mail

    it('lists every mail, newest first, page by page, with equal times by their ids', async () => {
      for (let place = 0; place < 25; place += 1)
        await put(`m${String(place).padStart(2, '0')}`, {
          createdAt: NOW - Math.floor(place / 4) * HOUR,
          state: MESSAGE_STATES[place % MESSAGE_STATES.length] ?? 'sent',
        })
      const expected = Array.from({ length: 25 }, (_, place) => place)
        .toSorted((one, other) => Math.floor(one / 4) - Math.floor(other / 4) || other - one)
        .map((place) => `m${String(place).padStart(2, '0')}`)
      expect(await ids('limit=200')).toEqual(expected)
      for (const limit of [1, 3, 7, 25])
        expect((await all(`limit=${limit}`)).map(({ id }) => id)).toEqual(expected)
      expect(await list('cursor=nonsense').catch(() => 'refused')).toBe('refused')
    })

    it('finds mails by each filter and by several at once, and counts them by their state', async () => {
      await submit(subscribe('ben@example.com', 'ben'))
      const ben = await found('userId=ben')
      await put('sale/1', { campaignId: 'sale', state: 'sent', template: 'win-back', sentAt: NOW })
      await put('sale/2', { campaignId: 'sale', state: 'failed', reason: 'bounced', template: 'win-back' })
      await put('welcome/1', { journeyId: 'welcome', state: 'sent', createdAt: NOW - 5 * HOUR })
      await put('welcome/2', {
        journeyId: 'welcome',
        state: 'expired',
        reason: 'late',
        purpose: 'transactional',
      })
      await put('other', { customerId: ben.id, address: 'ben@example.com', sender: 'second', createdAt: NOW })
      const table: [query: string, expected: string[]][] = [
        ['campaign=sale', ['sale/2', 'sale/1']],
        ['campaign=sale&state=failed', ['sale/2']],
        ['journey=welcome', ['welcome/2', 'welcome/1']],
        ['template=win-back', ['sale/2', 'sale/1']],
        ['template=win-back&state=sent', ['sale/1']],
        ['state=expired', ['welcome/2']],
        ['state=dead', []],
        ['purpose=transactional', ['welcome/2']],
        ['to=ANN@example.com&state=sent', ['sale/1', 'welcome/1']],
        ['to=nobody-at-all', []],
        ['sender=second', ['other']],
        [`from=2026-01-01T07:30:00Z&until=2026-01-01T12:00:00Z`, ['welcome/2', 'sale/2', 'sale/1']],
        [`until=2026-01-01T08:00:00Z`, ['welcome/1']],
        ['sender=transactional', ['welcome/2']],
        ['sender=transactional&purpose=marketing', []],
      ]
      for (const [query, expected] of table)
        expect(
          (await ids(query)).filter((id) => !id.includes('/test-')),
          query,
        ).toEqual(expected)
      // Both of Ben's: the one that his sign-up has asked for, too.
      for (const to of [ben.id, 'ben', 'ben@example.com'])
        expect((await list(`to=${encodeURIComponent(to)}`)).messages, to).toHaveLength(2)
      expect(await counts('to=ann@example.com')).toEqual({ sent: 2, failed: 1, expired: 1 })
      expect(await counts('to=ann@example.com&state=sent')).toEqual({ sent: 2, failed: 1, expired: 1 })
      expect(await counts()).toEqual({ queued: 2, sent: 2, failed: 1, expired: 1 })
      expect(await counts('until=2026-01-01T08:00:00Z')).toEqual({ sent: 1 })
      expect(await list('state=nonsense').catch(() => 'refused')).toBe('refused')
    })

    it('looks on where what is wanted is rare, and counts all of it', async () => {
      const { store, workspaceId } = world.test
      await put('rare', { purpose: 'transactional', createdAt: NOW - 900 * HOUR })
      await put('one')
      const copies = await store.read(async (tx) => await tx.select().from(tx.tables.messages))
      const copy = copies.find(({ id }) => id === 'one')
      if (!copy) throw new Error('there is no message to copy')
      await store.write(async (tx) => {
        for (let part = 0; part < 25; part += 1)
          await tx.insert(tx.tables.messages).values(
            Array.from({ length: 100 }, (_, place) => ({
              ...copy,
              workspaceId,
              id: `copy-${part}-${place}`,
              mailId: null,
            })),
          )
      })
      const { messages, next, searchedTo } = await list('purpose=transactional')
      expect(messages.map(({ id }) => id)).toEqual(['rare'])
      expect([next, searchedTo]).toEqual([null, null])
      expect(await counts('purpose=marketing')).toEqual({ queued: 2_501 })
    })

    it('tells why a mail was sent, how, and what came back of it, by people and by machines', async () => {
      await submit(subscribe('ann@example.com', 'ann'))
      await world.test.ciclo.settle()
      const ann = await found('userId=ann')
      const { messages } = await list(`to=${ann.id}`)
      const id = messages[0]?.id ?? ''
      expect(messages[0]).toMatchObject({
        to: { address: 'ann@example.com', name: null },
        state: 'sent',
        journey: { id: 'welcome', name: 'welcome' },
        reason: null,
        why: null,
      })
      const mailId = world.mails[0]?.messageId ?? ''
      const tokens = createTokens(SECRET)
      const reference = { mail: /<(\w+)@/.exec(mailId)?.[1] ?? '' }
      const visit = async (where: string, agent: string) =>
        await world.test.ciclo.app.request(where, { headers: { 'user-agent': agent } })
      const click = `/c/${tokens.sign('click', { ...reference, u: 'https://shop.example/huila' })}`
      await visit(click, '')
      world.test.clock.set(world.test.clock.now() + HOUR)
      await visit(click, CHROME)
      await world.test.ciclo.app.request(`/u/${tokens.sign('unsubscribe', reference)}`, { method: 'POST' })
      const told = await detail(id)
      expect(told).toMatchObject({
        id,
        state: 'sent',
        attempts: 1,
        canCancel: false,
        isClaimed: false,
        step: 'mail',
        cause: { type: 'track', name: 'Subscribed', source: 'secret' },
        run: { endReason: 'completed' },
        headers: {
          from: { address: 'news@shop.example' },
          messageId: mailId,
          listUnsubscribe: true,
          dkimDomain: null,
          sender: 'marketing',
        },
      })
      expect(told.responses.map(({ kind, isHuman, machine, url }) => [kind, isHuman, machine, url])).toEqual([
        ['clicked', false, 'no-user-agent', 'https://shop.example/huila'],
        ['clicked', true, null, 'https://shop.example/huila'],
        ['unsubscribed', null, null, null],
      ])
      expect(await world.test.request(mail.path('no such/mail'))).toMatchObject({
        status: 404,
        code: 'not-found',
      })
    })

    it('shows the mail without a link that does anything, and says so where it cannot be made any more', async () => {
      await put('shown', { state: 'sent', sentAt: NOW })
      const response = await page('shown')
      const html = await response.text()
      expect(response.status).toBe(200)
      expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none';.*; sandbox$/)
      expect(html).toContain('<base target="_blank">')
      for (const [, token] of html.matchAll(/https:\/\/ciclo\.shop\.example\/(?:c|o|u|p|v|s|l)\/([^"\s<]+)/g))
        expect(token).toBe('preview')
      expect(html).not.toMatch(/prefers-color-scheme\s*:\s*(?:dark|light)/)
      expect(await (await page('shown', 'scheme=dark')).text()).not.toBe(html)
      expect((await page('shown', 'scheme=purple')).status).toBe(400)
      const content = await world.test.request(mail.path('shown', '/content'))
      expect(content['text']).toContain('https://ciclo.shop.example/u/preview')
      await put('gone', { template: 'no-longer-there' })
      expect(await world.test.request(mail.path('gone', '/content'))).toMatchObject({
        status: 409,
        code: 'conflict',
      })
      expect((await page('gone')).status).toBe(409)
    })

    it('cancels what waits, once, in writing; the campaign and everything else is told of it', async () => {
      await put('waits')
      expect(await cancel('waits')).toEqual({ id: 'waits', state: 'refused', reason: 'cancelled' })
      expect(await detail('waits')).toMatchObject({
        state: 'refused',
        why: { code: 'cancelled' },
        canCancel: false,
      })
      expect(await cancel('waits')).toMatchObject({
        status: 409,
        message: 'The message waits is refused, expected one that is queued',
      })
      expect(await cancel('nobody')).toMatchObject({ status: 404 })
      for (const state of MESSAGE_STATES) {
        await put(`is-${state}`, { state })
        expect(((await cancel(`is-${state}`)) as { status?: number }).status, state).toBe(
          state === 'queued' ? undefined : 409,
        )
      }
      const entries = (await mail.audit()).filter(({ action }) => action === 'message.cancelled')
      expect(entries).toHaveLength(2)
      world.test.clock.set(NOW + 1_000 * HOUR)
      await world.test.ciclo.settle()
      expect(world.mails).toEqual([])
    })

    it('never cancels what is in the hands of a server', async () => {
      await submit(subscribe('ann@example.com', 'ann'))
      const [message] = (await list('state=queued')).messages
      const id = message?.id ?? ''
      let answer: unknown
      world.whileSending = async () => {
        answer = await cancel(id)
      }
      await world.test.ciclo.settle()
      expect(answer).toMatchObject({
        status: 409,
        message: `The message ${id} is sending, expected one that is queued`,
      })
      expect(await detail(id)).toMatchObject({ state: 'sent' })
      expect(world.mails).toHaveLength(1)
    })

    it('gives each mail to the sender or to who cancels it, never to both', async () => {
      const { store } = world.test
      const names = Array.from({ length: 40 }, (_, place) => `race-${place}`)
      for (const name of names) await put(name, { dueAt: NOW - HOUR })
      const claim = () =>
        store.write(async (tx) => await claimMessages(tx, { now: NOW, leaseUntil: NOW + HOUR, limit: 10 }))
      const [cancelled, ...claims] = await Promise.all([
        Promise.all(names.map(async (name) => ('reason' in (await cancel(name)) ? [name] : []))),
        claim(),
        claim(),
        claim(),
      ])
      const taken = claims.flat().map(({ id }) => id)
      const refused = cancelled.flat()
      expect(taken.length).toBeGreaterThan(0)
      expect(taken.filter((id) => refused.includes(id))).toEqual([])
      expect((await all('state=refused')).map(({ id }) => id).toSorted()).toEqual(refused.toSorted())
      expect((await all('state=sending')).map(({ id }) => id).toSorted()).toEqual(taken.toSorted())
    })
  })
}
