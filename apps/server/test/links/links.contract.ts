import { describe, expect, it } from 'vitest'
import { GOOGLE, useLinks } from './useLinks.ts'

const DAY = 86_400_000

const TOPICS_BUT_SALE = [{ id: 'news', name: { en: 'New coffees' } }]

/** What the links of mails store, on a database. */
export function linksContract(database: string, createDatabase: () => Promise<string>): void {
  const {
    world,
    tokens,
    submit,
    track,
    set,
    ann,
    mail,
    request,
    post,
    events,
    detail,
    permission,
    opens,
    pass,
  } = useLinks(createDatabase)

  describe(`the links of mails on ${database}`, () => {
    it('are as good by workspace and id, as in mails that left before they had a short one', async () => {
      await mail('m1', { mailId: null })
      const token = tokens.sign('unsubscribe', { w: world.test.workspaceId, m: 'm1' })
      expect((await post(`/u/${token}`)).status).toBe(200)
      expect(await permission()).toBe('unsubscribed')
    })
  })

  describe(`an opened mail on ${database}`, () => {
    const opened = async () => (await events('Email Opened')).map((one) => one['class'])

    it('is kept of nobody by default, however old its pixel', async () => {
      const link = await mail('m1')
      const answer = await request(link('open'))
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif'])
      expect([await opened(), await opens()]).toEqual([[], []])
    })

    it('is kept as a date alone in the mode last-open: the last one, of a person', async () => {
      await set({ openTracking: 'last-open' })
      const link = await mail('m1')
      await request(link('open'), { headers: { 'user-agent': GOOGLE } })
      expect(await opens()).toEqual([])
      await request(link('open'))
      pass(DAY)
      await request(link('open'))
      const at = world.test.clock.now()
      expect(await opens()).toEqual([{ workspaceId: world.test.workspaceId, customerId: world.ann, at }])
      expect(await opened()).toEqual([])
      expect((await detail())['lastOpenAt']).toBe(new Date(at).toISOString())
      await submit(track('Consent Withdrawn', { purpose: 'tracking' }))
      pass(DAY)
      await request(link('open'))
      expect(await opens()).toMatchObject([{ at }])
    })

    it('is kept each time in the mode full, of whom it may be kept when the pixel is fetched', async () => {
      await set({ openTracking: 'full' })
      const link = await mail('m1')
      await request(link('open'))
      await request(link('open'), { headers: { 'user-agent': GOOGLE } })
      expect(await opened()).toEqual(['human', 'machine'])
      await submit(track('Consent Withdrawn', { purpose: 'tracking' }))
      await request(link('open'))
      expect(await opened()).toHaveLength(2)
    })

    it('is kept of nobody who has not agreed, where the workspace asks first', async () => {
      await set({ openTracking: 'full', consent: { tracking: 'opt-in' } })
      const link = await mail('m1')
      await request(link('open'))
      expect(await opened()).toEqual([])
      await submit(track('Consent Given', { purpose: 'tracking' }))
      await request(link('open'))
      expect(await opened()).toEqual(['human'])
    })
  })

  describe(`a topic that was left out on ${database}`, () => {
    it('keeps its mails back when they are due, and no longer when the shop gives it up', async () => {
      const fates = async () => {
        await world.test.ciclo.settle()
        const rows = await world.test.below(world.ann, 'messages')
        return new Map(
          rows.map(({ id, state, reason }) => [String(id), `${String(state)} ${String(reason)}`]),
        )
      }
      await submit(track('Unsubscribed', { topic: 'sale' }))
      await mail('sale', { state: 'queued', sentAt: null, topic: 'sale' })
      await mail('order', { state: 'queued', sentAt: null, topic: 'sale', purpose: 'transactional' })
      const first = await fates()
      expect(first.get('sale')).toBe('refused topic-refused')
      expect(first.get('order')).not.toContain('topic-refused')
      await set({ topics: TOPICS_BUT_SALE })
      await mail('again', { state: 'queued', sentAt: null, topic: 'sale' })
      expect((await fates()).get('again')).not.toContain('refused')
    })

    it('is recorded by the shop with its name, which has to be one', async () => {
      const record = async (body: object) =>
        await world.test.request(`/api/customers/${world.ann}/consents`, {
          method: 'POST',
          body: JSON.stringify(body),
        })
      const said = { purpose: 'marketing-email', status: 'refused' }
      expect(await record({ ...said, topic: 'sale' })).toMatchObject({
        verdict: 'applied',
        consent: { refusedTopics: ['sale'], 'marketing-email': { status: 'granted' } },
      })
      expect(await record({ ...said, topic: 'sales' })).toMatchObject({
        code: 'bad-request',
        detail: 'topic: there is no topic sales, expected one of news, sale, tips',
      })
      expect(await record({ ...said, purpose: 'tracking', topic: 'sale' })).toMatchObject({
        code: 'bad-request',
      })
      expect((await world.test.below(world.ann, 'consents'))[0]).toMatchObject({ topic: 'sale' })
      const [exported] = (
        (await world.test.request('/api/export?userId=ann')) as {
          customers: { consents: Record<string, unknown>[] }[]
        }
      ).customers
      expect(exported?.consents.map(({ topic }) => topic)).toContain('sale')
    })
  })

  describe(`a mail as a page on ${database}`, () => {
    it('is the mail, in a sandbox, without a pixel, with links of its own', async () => {
      await set({ openTracking: 'full' })
      const link = await mail('m1')
      const answer = await request(link('view'))
      const page = await answer.text()
      expect(answer.status).toBe(200)
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/^default-src 'none';.*; sandbox allow-popups /)
      expect(policy).not.toMatch(/script|allow-same-origin|allow-forms/)
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(page).toContain('Luna')
      expect(page).not.toContain('/o/')
      expect(page).toMatch(/\/l\/[\w-]+\.[\w-]+/)
    })

    it('is gone after an erasure, as is every other link', async () => {
      const link = await mail('m1')
      await world.test.request('/api/erasures', {
        method: 'POST',
        body: JSON.stringify({ email: 'ann@example.com' }),
      })
      for (const kind of ['view', 'preferences', 'unsubscribe', 'leave', 'survey', 'open'] as const) {
        const answer = await request(link(kind))
        expect([kind, answer.status]).toEqual([kind, 404])
        expect(await answer.text()).not.toMatch(/ann|Ann/)
      }
    })

    it('says so where it cannot be made any more', async () => {
      const link = await mail('m1', { template: 'a-template-that-is-gone' })
      const answer = await request(link('view'))
      expect([answer.status, await answer.text()]).toEqual([
        410,
        expect.stringContaining('no longer be shown'),
      ])
    })
  })

  describe(`a survey on ${database}`, () => {
    const asked = async () => (await mail('m1', { template: 'why-you-left' }))('survey')

    it('shows the answer of the button, and counts it when it is sent', async () => {
      const path = await asked()
      const page = await (await request(`${path}?answer=no-need`)).text()
      expect(page).toContain('What was the reason?')
      expect(page).toMatch(/value="no-need"\s*checked/)
      expect(page.match(/checked/g)).toHaveLength(1)
      expect(await events('Survey Answered')).toEqual([])
      expect((await post(path, { answer: 'price', text: ' Too dear\u0000 ' })).status).toBe(200)
      expect(await events('Survey Answered')).toMatchObject([
        {
          message: 'm1',
          template: 'why-you-left',
          question: 'What was the reason?',
          answer: 'price',
          answer_text: 'The prices',
          text: 'Too dear\uFFFD',
        },
      ])
    })

    it('takes a score, which is what promoters are known by', async () => {
      const path = (await mail('m1'))('survey')
      expect(await (await request(`${path}?answer=9`)).text()).toMatch(/value="9"\s*checked/)
      await post(path, { score: '10' })
      expect(await events('Survey Answered')).toMatchObject([{ score: 10 }])
      expect((await ann()).lifecycle['advocacy']).toBe('promoter')
    })

    it('counts nothing that is no answer', async () => {
      const path = await asked()
      expect(await (await request(`${path}?answer=<b>x`)).text()).not.toContain('<b>x')
      for (const fields of [{}, { answer: 'evil' }, { score: '11', scores: '1' }, { text: '  ' }]) {
        const answer = await post(path, fields)
        expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('role="alert"')])
      }
      expect(await events('Survey Answered')).toEqual([])
    })
  })
}
