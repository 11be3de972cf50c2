import { EVENT_NAMES, type Customer } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { readCustomer } from '../src/store/queries/customers.ts'
import { readDatedRules } from '../src/store/queries/rulesVersions.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000

type State = Record<string, unknown>

/** What came with the dated rules, with journeys in versions, and with senders, templates and campaigns. */
export const DOWNGRADE: readonly string[] = [
  ...['jobs', 'rules_versions', 'segment_members', 'segments', 'coupons', 'webhooks'].map(
    (table) => `drop table ${table}`,
  ),
  ...['templates', 'senders', 'sending_counts', 'opens', 'reports', 'campaigns', 'recipients'].map(
    (table) => `drop table ${table}`,
  ),
  'drop table milestones',
  'drop table listings',
  'drop table listing_words',
  'drop table event_counts',
  'drop table onsite_messages',
  'drop table images',
  'drop table image_files',
  'drop table page_counts',
  ...['product_prices', 'order_lines', 'product_interests', 'product_news', 'recommendations'].map(
    (table) => `drop table ${table}`,
  ),
  ...['connections', 'deliveries', 'pulls', 'subscriptions', 'imports', 'product_feeds'].map(
    (table) => `drop table ${table}`,
  ),
  'drop index events_clicks',
  'drop index events_answers',
  'drop index events_onsite',
  'drop index transitions_moves',
  ...['members', 'invitations', 'users', 'sessions', 'accounts', 'verifications'].map(
    (table) => `drop table ${table}`,
  ),
  'drop index enrolments_journey',
  'drop index messages_campaign',
  'drop index messages_mail',
  ...['created', 'template', 'journey', 'of_campaign', 'unsent'].map((name) => `drop index messages_${name}`),
  'drop index suppressions_at',
  'drop index transitions_segments',
  'drop index products_sku',
  ...['key', 'step', 'goal_at', 'held_since'].map((column) => `alter table enrolments drop column ${column}`),
  ...['hash', 'published_at', 'opening', 'runs_to'].map(
    (column) => `alter table journeys drop column ${column}`,
  ),
  ...['on_cap', 'campaign_id', 'variant', 'topic', 'sender', 'attempted_at', 'counted_at', 'mail_id'].map(
    (column) => `alter table messages drop column ${column}`,
  ),
  ...['reduction', 'prices', 'variants', 'images', 'stock', 'hidden', 'listed_at'].map(
    (column) => `alter table products drop column ${column}`,
  ),
  'alter table suppressions drop column address',
  'alter table suppressions drop column detail',
  'alter table suppressions drop column under',
  'alter table suppressions drop column under_at',
  'alter table consents drop column topic',
]

/** What the version before the dated rules did not write. */
const ADDED = [
  'rulesUntil',
  'rfm',
  'prediction',
  'touches',
  'segments',
  'counters',
  'timeZone',
  'cases',
  'datedBy',
  'softBounces',
  'refusedTopics',
] as const

/** A journey as the version before wrote it. */
const COURSE = {
  name: 'Course',
  trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
  reentry: { kind: 'never' },
  steps: [
    { kind: 'send', id: 'first', template: 'welcome', purpose: 'transactional', to: 'customer' },
    { kind: 'delay', id: 'wait', duration: 2 * DAY },
    { kind: 'send', id: 'second', template: 'thank-you', purpose: 'transactional', to: 'customer' },
  ],
}

/** A customer's state as the version before wrote it: lifecycle definition 1, and warm for as long as nobody is cold. */
function older(state: State): State {
  const { timers, figures, ...kept } = state as unknown as Customer
  const { orderDays: _days, positive: _positive, ...known } = figures
  const entries = Object.entries(timers)
    .filter(([key]) => key.startsWith('lifecycle|') && !key.includes('longSilence'))
    .map(([key, dueAt]) => [key, key.includes('.silence.') ? dueAt + 60 * DAY : dueAt])
  const before: State = { ...kept, timers: Object.fromEntries(entries), figures: known, definition: 1 }
  for (const name of ADDED) delete before[name]
  return before
}

/**
 * A database that the version before the dated rules has made, opened by this one.
 *
 * @param downgrade takes the tables away that it did not have
 */
export function upgradeContract(
  database: string,
  createDatabase: () => Promise<string>,
  downgrade: (databaseUrl: string) => Promise<void>,
): void {
  describe(`A database of the version before on ${database}`, () => {
    let test: TestCiclo
    afterEach(() => test.stop())

    const now = () => test.clock.now()
    const order = (userId: string, day: number) =>
      test.item(
        'secret',
        {
          type: 'track',
          name: 'Order Completed',
          userId,
          properties: { order_id: `${userId}-${day}`, total: 10, currency: 'USD' },
        },
        { at: now() + day * DAY, id: `${userId}${now()}${day}` },
      )
    const submit = async (...items: Parameters<typeof test.ciclo.ingest.submit>[0]) =>
      await test.ciclo.ingest.submit(items)
    const open = async (databaseUrl: string) => {
      test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
    }
    const idOf = async (userId: string) => (await test.customer(`userId=${userId}`))?.id ?? ''
    const stateOf = async (userId: string) => {
      const id = await idOf(userId)
      const record = await test.store.read((tx) => readCustomer(tx, test.workspaceId, id))
      return record?.customer as Customer
    }

    /** Ann orders twice, Bob once, Cy only visits. */
    const upgraded = async () => {
      const databaseUrl = await createDatabase()
      await open(databaseUrl)
      await submit(
        order('ann', -40),
        order('ann', -10),
        order('bob', -20),
        test.item('public', { type: 'page', anonymousId: 'c1' }, { at: now() - 5 * DAY }),
      )
      const rows = await test.store.read((tx) => tx.select().from(tx.tables.customers))
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        for (const { id, state } of rows)
          await tx
            .update(customers)
            .set({ state: older(state as State) })
            .where(eq(customers.id, id))
      })
      await test.store.write(async (tx) => {
        const { enrolments, journeys } = tx.tables
        for (const { id } of await tx.select().from(journeys))
          await tx
            .update(journeys)
            .set({ definition: { ...COURSE, id, version: 1 }, status: id === 'welcome' ? 'live' : 'draft' })
            .where(eq(journeys.id, id))
        // A run in the middle of its delay.
        const ann = rows.find(({ userId }) => userId === 'ann')
        const run = `welcome/${ann?.id}/cause`
        await tx.insert(enrolments).values({
          workspaceId: test.workspaceId,
          id: run,
          customerId: ann?.id ?? '',
          journeyId: 'welcome',
          version: 1,
          status: 'running',
          snapshot: { value: 'wait', visits: { first: 1 } },
          causeId: 'cause',
          startedAt: now() - DAY,
        })
        const state = older(ann?.state as State)
        const timers = {
          ...(state['timers'] as object),
          [`${run}|xstate.after.wait.journey.wait`]: now() + DAY,
        }
        await tx
          .update(tx.tables.customers)
          .set({ state: { ...state, timers }, wakeAt: now() + DAY })
          .where(eq(tx.tables.customers.id, ann?.id ?? ''))
      })
      await test.stop()
      await downgrade(databaseUrl)
      await open(databaseUrl)
    }

    it('goes on with the runs that it finds, by journeys as they were written', async () => {
      await upgraded()
      test.clock.set(now() + 2 * DAY)
      await test.ciclo.settle()
      const runs = await test.store.read((tx) => tx.select().from(tx.tables.enrolments))
      expect(runs).toMatchObject([
        { journeyId: 'welcome', status: 'ended', endReason: 'completed', step: 'end' },
      ])
      const messages = await test.store.read((tx) => tx.select().from(tx.tables.messages))
      expect(messages.map(({ id }) => id)).toEqual([`${runs[0]?.id}/second/1`])
    })

    it('shows its customers as they are, before anything is done to them', async () => {
      await upgraded()
      const detail = await test.request(`/api/customers/${await idOf('ann')}`)
      expect(detail).toMatchObject({
        lifecycle: { stage: 'active' },
        limits: { basis: 'cold-start', gaps: 0, atRisk: 90 },
        rfm: null,
        prediction: null,
        segments: [],
      })
      expect((await stateOf('ann')).definition).toBe(1)
      const at = new Date(now() - 15 * DAY).toISOString()
      expect(await test.request(`/api/customers/${await idOf('ann')}/at?at=${at}`)).toMatchObject({
        lifecycle: { stage: 'new' },
        orders: { count: 1 },
      })
    })

    it('makes each of them anew when it is woken, merged or told of', async () => {
      await upgraded()
      test.clock.set(now() + DAY)
      await submit(order('ann', 0))
      expect(await stateOf('ann')).toMatchObject({
        definition: 4,
        figures: { count: 3, orderDays: 3, positive: 3 },
        lifecycle: { value: { stage: 'active' } },
      })
      // The visitor turns out to be Bob; both were outdated.
      const proof = { type: 'identify', userId: 'bob', anonymousId: 'c1' } as const
      await submit(test.item('secret', proof, { id: 'proof' }))
      const bob = await stateOf('bob')
      expect(bob).toMatchObject({ definition: 4, figures: { count: 1, orderDays: 1 } })
      test.clock.set(now() + 100 * DAY)
      await test.ciclo.settle()
      expect((await stateOf('bob')).lifecycle.value).toMatchObject({ stage: 'atRisk' })
      expect((await stateOf('ann')).lifecycle.value.stage).toBe('atRisk')
    })

    it('judges them by versions of the rules from the first change on', async () => {
      await upgraded()
      const limits = { atRisk: 15 * DAY, lapsed: 30 * DAY, lost: 60 * DAY }
      await test.request('/api/settings', { method: 'PATCH', body: JSON.stringify({ limits }) })
      await test.ciclo.runJobs()
      expect((await stateOf('bob')).lifecycle.value.stage).toBe('atRisk')
      expect((await stateOf('ann')).lifecycle.value.stage).toBe('active')
      const versions = await test.store.read((tx) => readDatedRules(tx, test.workspaceId))
      expect(versions.map(({ number }) => number)).toEqual([1, 2])
      const messages = await test.store.read((tx) => tx.select().from(tx.tables.messages))
      expect(messages).toEqual([])
    })

    it('parks and erases them as any other', async () => {
      await upgraded()
      const [ann, bob] = [await idOf('ann'), await idOf('bob')]
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        await tx.update(customers).set({ parked: 'a test' }).where(eq(customers.id, ann))
      })
      expect(await test.request(`/api/customers/${ann}`)).toMatchObject({ parked: 'a test' })
      expect(await test.request(`/api/customers/${ann}/unpark`, { method: 'POST' })).toMatchObject({
        error: null,
      })
      expect(await stateOf('ann')).toMatchObject({ definition: 4, figures: { orderDays: 2 } })
      await test.request(`/api/customers/${bob}`, { method: 'DELETE' })
      expect(await test.customer('userId=bob')).toBeUndefined()
      const events = await test.store.read((tx) => tx.select().from(tx.tables.events))
      expect(events.filter(({ customerId }) => customerId === bob)).toEqual([])
      expect(events.filter(({ name }) => name === EVENT_NAMES.rfmGroupChanged)).toEqual([])
    })
  })
}
