import { JourneySchema } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import { campaignOf, useCampaigns, type Json } from '../campaigns/campaignWorld.ts'

const HOUR = 3_600_000
const TOO_LITTLE = 'not enough data yet'

/** Reports and uses by the API, of mails that were really sent. */
export function reportsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Reports by the API on ${database}`, () => {
    const world = useCampaigns(createDatabase)
    const { people, launch, settle, passTime, idOf } = world
    const ask = (path: string) => world.test.request(`/api${path}`)

    /** As a signed link says it that came back. */
    const respond = async (userId: string, message: string, name: string, more: Json = {}) => {
      const { test } = world
      const { input } = test.item('own', { type: 'track', name, properties: { message, ...more } })
      const customerId = await idOf(userId)
      await test.ciclo.ingest.submit([{ workspaceId: test.workspaceId, customerId, input }])
    }
    const order = async (userId: string, id: string, total: number) => {
      const properties = { order_id: id, total, currency: 'EUR' }
      await world.submit(
        world.test.item('secret', { type: 'track', name: 'Order Completed', userId, properties }),
      )
    }
    const journey = async (more: Json = {}) => {
      const definition = JourneySchema.parse({
        id: 'asked',
        name: 'Asked',
        trigger: { kind: 'event', name: 'Survey Answered' },
        reentry: { kind: 'always' },
        steps: [{ kind: 'send', id: 'mail', template: 'win-back', purpose: 'marketing' }],
        ...more,
      })
      const body = JSON.stringify(definition)
      await world.test.request('/api/journeys', { method: 'POST', body })
      await world.test.request('/api/journeys/asked/publish', { method: 'POST', body: '{}' })
      await world.test.ciclo.runJobs()
    }
    const answer = async (userId: string) => {
      await world.submit(world.test.item('secret', { type: 'track', name: 'Survey Answered', userId }))
      await settle()
    }
    const mailOf = async (userId: string) => {
      const { messages } = (await ask(`/customers/${await idOf(userId)}/messages`)) as {
        messages: { id: string }[]
      }
      return messages[0]?.id ?? ''
    }

    it('tell of a journey and its template what its mails came to, and state the rule', async () => {
      await people(['ada', 'ben', 'eve'])
      await journey()
      for (const name of ['ada', 'ben', 'eve']) await answer(name)
      const mail = await mailOf('ada')
      await respond('ada', mail, 'Email Link Clicked', { class: 'machine' })
      await respond('ada', mail, 'Email Link Clicked', { class: 'human' })
      await respond('eve', await mailOf('eve'), 'Email Bounced', { permanent: true, class: 'hard' })
      await passTime(HOUR)
      await order('ada', 'o1', 20)
      await order('ben', 'o2', 50)
      const totals = {
        sent: 3,
        delivered: 2,
        bounced: 1,
        complained: 0,
        unsubscribed: 0,
        clicked: 1,
        people: 1,
        orders: 1,
        revenue: { EUR: 2_000 },
      }
      const report = await ask('/reports/journeys/asked')
      expect(report).toMatchObject({
        kind: 'journeys',
        name: 'Asked',
        period: { days: 28 },
        rule: expect.stringContaining('last mail on which its customer clicked') as string,
        windowDays: 5,
        totals,
        parts: [{ step: 'mail', template: 'win-back', journey: null, ...totals }],
        lift: null,
      })
      expect((report['days'] as Json[]).at(-1)).toMatchObject({ sent: 3, clicked: 1, orders: 1 })
      expect(await ask('/reports/templates/win-back?days=7')).toMatchObject({
        totals,
        parts: [{ journey: 'asked', step: 'mail', campaign: null, ...totals }],
      })
      await passTime(HOUR)
      const { mails } = (await ask('/insight/attribution')) as { mails: Json[] }
      expect(mails).toEqual([
        { journeyId: 'asked', template: 'win-back', orders: 1, customers: 1, revenue: { EUR: 2_000 } },
      ])
    })

    it('tell the lift of a journey that holds people out, or that too little is known of it', async () => {
      await people(['ada'])
      await journey({ holdOut: 0.5 })
      await answer('ada')
      const { lift } = await ask('/reports/journeys/asked')
      expect(lift).toMatchObject({ conversion: null, conversionWord: TOO_LITTLE, revenueWord: TOO_LITTLE })
      const { mailedPeople, heldOutPeople } = lift as Record<string, number>
      expect((mailedPeople ?? 0) + (heldOutPeople ?? 0)).toBe(1)
    })

    it('tell of a campaign by variant what its figures say, with the orders after it', async () => {
      await people(['ada', 'ben', 'eve', 'joe'])
      await launch(campaignOf({ variants: [{ id: 'one' }, { id: 'two' }] }))
      await settle()
      await respond('ben', await mailOf('ben'), 'Email Link Clicked', { class: 'human' })
      await passTime(HOUR)
      await order('ben', 'o1', 30)
      const report = await ask('/reports/campaigns/spring')
      expect(report).toMatchObject({
        name: 'Spring',
        totals: { sent: 4, delivered: 4, clicked: 1, people: 1, orders: 1, revenue: { EUR: 3_000 } },
      })
      const parts = report['parts'] as Record<string, number>[]
      expect(parts.map(({ variant, template }) => [variant, template])).toEqual([
        ['one', 'win-back'],
        ['two', 'win-back'],
      ])
      const { variants } = await world.figures()
      expect(parts.map(({ sent, clicked }) => [sent, clicked])).toEqual(
        variants.map(({ sent, clicked }) => [sent, clicked]),
      )
      expect(parts.map(({ orders }) => orders)).toEqual(parts.map(({ clicked }) => clicked))
    })

    it('name the journeys and campaigns that send a template', async () => {
      await journey()
      await world.save(campaignOf())
      expect(await ask('/templates/win-back/uses')).toEqual({
        journeys: [
          { id: 'asked', name: 'Asked', status: 'live', steps: [{ id: 'mail', purpose: 'marketing' }] },
        ],
        campaigns: [{ id: 'spring', name: 'Spring', status: 'draft' }],
      })
      expect(await ask('/templates/welcome/uses')).toEqual({ journeys: [], campaigns: [] })
    })

    it.each([
      ['/reports/journeys/nobodys', 404, 'There is no journey nobodys'],
      ['/reports/templates/nobodys', 404, 'There is no template nobodys'],
      ['/reports/campaigns/nobodys', 404, 'There is no campaign nobodys'],
      ['/reports/templates/welcome?days=6', 400, 'days: expected a whole number from 7 to 365'],
      ['/reports/templates/welcome?days=many', 400, 'days: expected a whole number from 7 to 365'],
      ['/templates/nobodys/uses', 404, 'nobodys'],
    ])('%s is refused', async (path, status, detail) => {
      expect(await ask(path)).toMatchObject({ status, detail: expect.stringContaining(detail) as string })
    })
  })
}
