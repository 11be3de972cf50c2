import { JourneySchema, type Journey } from '@ciclo/engine'
import { journeyHash, writeJourneyText } from '@ciclo/journeys'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { adoptShipped } from '../../src/journeys/adoptShipped.ts'
import { putDraft, readVersions } from '../../src/store/queries/journeys.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

const DAY = 86_400_000

type Json = Record<string, unknown>
type Written = z.input<typeof JourneySchema>

const delay = (id: string, duration: string | number = '2d') => ({ kind: 'delay', id, duration }) as const
const mail = (id: string, template = 'welcome') =>
  ({ kind: 'send', id, template, purpose: 'marketing' }) as const

/** A journey that begins when it is asked for, or as told. */
const written = (id: string, words: Partial<Written> = {}): Written => ({
  id,
  name: id,
  trigger: { kind: 'api' },
  reentry: { kind: 'always' },
  exits: [{ on: { kind: 'event', name: 'Order Completed' } }],
  steps: [delay('pause'), mail('mail')],
  ...words,
})

/** What a journey counts that nobody has counted. */
const COUNTED = (name: string, days = 30) =>
  ({ kind: 'event', name, within: days * DAY, atLeast: 2 }) as const

/** The versions of journeys, their life, and the API in front of them. */
export function journeyVersionsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Versions of journeys on ${database}`, () => {
    let test: TestCiclo
    let journeys = 0
    // One for all: each looks at journeys of its own.
    beforeAll(async () => {
      const databaseUrl = await createDatabase()
      test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
    }, 60_000)
    afterAll(() => test.stop())

    const newId = (name = 'journey') => `${name}-${(journeys += 1)}`
    const now = () => test.clock.now()
    const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await test.ciclo.app.request(`/api/journeys${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}`, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const answer = (await response.json()) as Json
      return { ...answer, status: response.ok ? (answer['status'] ?? 200) : response.status } as Json
    }
    const draft = async (journey: Written, headers?: Record<string, string>) =>
      await send('PUT', `/${journey.id}/draft`, journey, headers)
    const publish = async (id: string, body: Json = {}) => await send('POST', `/${id}/publish`, body)
    const live = async (journey: Written, body: Json = {}) => {
      expect(await draft(journey)).toMatchObject({ hash: expect.any(String) as string })
      const published = await publish(journey.id, body)
      expect(published).toMatchObject({ id: journey.id, version: expect.any(Number) as number })
      return published
    }
    const rowsOf = async (id: string) =>
      await test.store.read((tx) => readVersions(tx, test.workspaceId, id))
    const statusesOf = async (id: string) =>
      Object.fromEntries((await rowsOf(id)).map(({ version, status }) => [version, status]))
    const submit = async (...items: Parameters<typeof test.ciclo.ingest.submit>[0]) =>
      await test.ciclo.ingest.submit(items)
    const track = (userId: string, name: string, properties: Json = {}) =>
      test.item('secret', { type: 'track', name, userId, properties })
    const identify = (userId: string, traits: Json = {}) =>
      test.item('secret', { type: 'identify', userId, traits: { email: `${userId}@x.example`, ...traits } })
    const idOf = async (userId: string) => (await test.customer(`userId=${userId}`))?.id ?? ''
    /** Has customers come in, each at the clock's time. */
    const enrol = async (journey: string, ...userIds: string[]) => {
      for (const userId of userIds) {
        await submit(identify(userId))
        const at = now()
        await submit({
          workspaceId: test.workspaceId,
          customerId: await idOf(userId),
          input: {
            kind: 'event',
            id: `ciclo:asked/${journey}/${userId}/${at}`,
            at,
            receivedAt: at,
            source: 'own',
            event: {
              type: 'track',
              name: 'Journey Requested',
              properties: { journey, because: 'api' },
              traits: {},
              context: {},
            },
          },
        })
      }
    }
    const runsOf = async (journey: string) => {
      const rows = await test.store.read(async (tx) => {
        const { enrolments } = tx.tables
        return await tx.select().from(enrolments).where(eq(enrolments.journeyId, journey))
      })
      return rows
        .map(({ version, step, status, endReason, heldSince }) => ({ version, step, status, endReason, heldSince }))
        .toSorted((one, other) => one.version - other.version)
    }
    const mailsOf = async (journey: string) =>
      await test.store.read(async (tx) => {
        const { messages } = tx.tables
        return await tx.select().from(messages).where(eq(messages.journeyId, journey))
      })
    const jobs = async () => {
      await test.ciclo.runJobs()
      await test.ciclo.settle()
    }
    const pass = async (duration: number) => {
      test.clock.set(now() + duration)
      await test.ciclo.settle()
    }
    const audit = async (id: string) =>
      ((await test.request('/api/audit?limit=200')) as { entries: { action: string; details: Json }[] }).entries
        .filter(({ details }) => details['id'] === id)
        .map(({ action }) => action)
        .toReversed()

    describe('A draft', () => {
      it('is changed in place, and says what is wrong with it', async () => {
        const id = newId()
        const first = await draft(written(id))
        expect(first).toMatchObject({ id, version: 1, problems: [] })
        const second = await draft(written(id, { steps: [mail('mail', 'no-such-mail')] }))
        expect(second).toMatchObject({
          version: 1,
          problems: [{ severity: 'error', code: 'missing-template', step: 'mail', path: ['steps', 0, 'template'] }],
        })
        expect(second['hash']).not.toBe(first['hash'])
        expect(await statusesOf(id)).toEqual({ 1: 'draft' })
      })

      it('is one journey, in YAML as in JSON, with one hash', async () => {
        const id = newId()
        const journey = JourneySchema.parse(written(id))
        const yaml = { 'content-type': 'application/yaml' }
        const texts = [
          writeJourneyText(journey),
          // As somebody might write it.
          `# Ours\nsteps:\n  - id: pause\n    kind: delay\n    duration: 48h\n  - {id: mail, kind: send, purpose: marketing, template: welcome}\nname: ${id}\nreentry: {kind: always}\ntrigger: {kind: api}\nid: ${id}\nexits:\n  - on: {name: Order Completed, kind: event}\n`,
        ]
        const hashes = [(await draft(written(id)))['hash']]
        for (const text of texts) {
          hashes.push((await send('PUT', `/${id}/draft`, text, yaml))['hash'])
          const { journeys: judged } = await send('POST', '/validate', text, yaml)
          hashes.push((judged as Json[])[0]?.['hash'])
        }
        expect(new Set(hashes)).toEqual(new Set([journeyHash(journey)]))
      })

      it('is kept from whoever has not seen the last change of it', async () => {
        const id = newId()
        const { hash } = await draft(written(id))
        const match = { 'if-match': `"${String(hash)}"` }
        expect(await draft(written(id, { name: 'Ann was here' }), match)).toMatchObject({ version: 1 })
        expect(await draft(written(id, { name: 'Bob was here' }), match)).toMatchObject({
          status: 409,
          detail: expect.stringContaining('was changed meanwhile') as string,
        })
        expect(await send('DELETE', `/${id}/draft`, undefined, match)).toMatchObject({ status: 409 })
        expect((await rowsOf(id))[0]?.name).toBe('Ann was here')
        expect(await send('POST', '', written(id))).toMatchObject({ status: 409 })
      })

      it('is refused with every place where it is no journey', async () => {
        const id = newId()
        const wrong = { ...written(id), steps: [{ kind: 'delay', id: 'pause', duration: '2 days' }], entyr: {} }
        expect(await send('PUT', `/${id}/draft`, wrong)).toMatchObject({
          status: 422,
          code: 'invalid-journey',
          problems: [
            { code: 'not-a-journey', path: ['steps', 0, 'duration'], severity: 'error' },
            { path: ['entyr'], message: expect.stringContaining('expected entry') as string },
          ],
        })
        const yaml = await send('PUT', `/${id}/draft`, `id: ${id}\nname: x\n  bad: [`, {
          'content-type': 'text/yaml',
        })
        expect(yaml).toMatchObject({ status: 422 })
        expect((yaml['problems'] as Json[])[0]).toMatchObject({ line: 2, column: 7, path: [] })
        expect(await send('PUT', `/${id}/draft`, written('another'))).toMatchObject({ status: 400 })
        expect(await send('POST', '', written('files'))).toMatchObject({ status: 400 })
        expect(await send('PUT', `/${id}/draft`, '{')).toMatchObject({ status: 400, code: 'bad-json' })
        expect(await rowsOf(id)).toEqual([])
      })

      it('is deleted, and a journey that was never published with it', async () => {
        const id = newId()
        await draft(written(id))
        expect(await send('DELETE', `/${id}/draft`)).toMatchObject({ id })
        expect(await send('GET', `/${id}`)).toMatchObject({ status: 404 })
        expect(await send('DELETE', `/${id}/draft`)).toMatchObject({ status: 404 })
        expect(await audit(id)).toEqual(['journey.draft.saved', 'journey.draft.deleted'])
      })
    })

    describe('Publishing', () => {
      it('refuses a draft with errors, and lists all of them with their places', async () => {
        const id = newId()
        await draft(
          written(id, {
            entry: { kind: 'event', name: 'Odrer Completed' },
            steps: [mail('mail', 'no-such-mail'), { kind: 'coupon', id: 'code', from: { pool: 'no-such-pool' } }],
          }),
        )
        // A shop that has sent events does not send this one.
        await submit(track('anybody', 'Something Else'))
        expect(await publish(id)).toMatchObject({
          status: 422,
          code: 'invalid-journey',
          problems: expect.arrayContaining([
            expect.objectContaining({ code: 'unknown-event', path: ['entry', 'name'], severity: 'error' }),
            expect.objectContaining({ code: 'missing-template', step: 'mail' }),
            expect.objectContaining({ code: 'unknown-pool', step: 'code' }),
            expect.objectContaining({ severity: 'warning' }),
          ]) as unknown,
        })
        expect(await statusesOf(id)).toEqual({ 1: 'draft' })
      })

      it('makes a version that nothing changes any more', async () => {
        const id = newId()
        await live(written(id))
        const [before] = await rowsOf(id)
        const definition = JourneySchema.parse(written(id, { name: 'Changed' }))
        await expect(
          test.store.write((tx) =>
            putDraft(tx, test.workspaceId, { definition, hash: 'another', version: 1, createdAt: 0 }),
          ),
        ).rejects.toThrow(`Version 1 of the journey ${id} is published: it is never changed`)
        expect(await draft(written(id, { name: 'Changed' }))).toMatchObject({ version: 2 })
        expect((await rowsOf(id))[0]).toEqual(before)
        expect(await statusesOf(id)).toEqual({ 1: 'live', 2: 'draft' })
      })

      it('takes the place of the version before, and of two at once only one does', async () => {
        const id = newId()
        await live(written(id))
        await draft(written(id, { steps: [mail('mail')] }))
        const both = await Promise.all([publish(id), publish(id)])
        expect(both.map(({ status }) => status).toSorted()).toEqual([409, 'live'])
        expect(both.find(({ status }) => status === 409)).toMatchObject({
          detail: expect.stringMatching(/expected a draft to publish|was changed meanwhile/) as string,
        })
        expect(await statusesOf(id)).toEqual({ 1: 'archived', 2: 'live' })
        expect(await audit(id)).toEqual([
          'journey.draft.saved',
          'journey.published',
          'journey.draft.saved',
          'journey.published',
        ])
      })

      it('publishes only what was looked at', async () => {
        const id = newId()
        const { hash } = await draft(written(id))
        await draft(written(id, { name: 'Another' }))
        const seen = { 'if-match': `"${String(hash)}"` }
        expect(await send('POST', `/${id}/publish`, {}, seen)).toMatchObject({ status: 409 })
        expect(await statusesOf(id)).toEqual({ 1: 'draft' })
      })

      it('shows before what it would do', async () => {
        const id = newId('there')
        const trigger = { kind: 'transition', region: 'advocacy', to: 'promoter' } as const
        await live(written(id, { trigger, steps: [delay('pause'), mail('mail'), delay('rest'), mail('last')] }))
        await submit(
          track(`${id}-promoter`, 'Survey Answered', { score: 10 }),
          track(`${id}-detractor`, 'Survey Answered', { score: 1 }),
        )
        await draft(
          written(id, { trigger, steps: [delay('pause', '3d'), mail('mail'), { kind: 'until', id: 'rest', at: '10:00' }] }),
        )
        expect(await send('GET', `/${id}/preview`)).toMatchObject({
          version: 2,
          from: 1,
          problems: [],
          mustCount: false,
          isPaused: false,
          already: 1,
          difference: expect.arrayContaining([
            expect.objectContaining({ text: "step 'pause': duration 2d -> 3d" }),
            expect.objectContaining({ kind: 'removed', step: 'last' }),
          ]) as unknown,
          runs: [{ version: 1, step: 'pause', runs: 1, to: 'pause', why: null }],
        })
        await pass(2 * DAY)
        const preview = await send('GET', `/${id}/preview`)
        expect(preview['runs']).toEqual([
          {
            version: 1,
            step: 'rest',
            runs: 1,
            held: 0,
            heldSince: null,
            to: null,
            why: "the step 'rest' is a until there, and a delay here: name the one to go on at",
          },
        ])
        const named = await send('POST', `/${id}/preview`, { runs: { move: { rest: 'pause' } } })
        expect(named['runs']).toMatchObject([{ step: 'rest', to: 'pause', why: null }])
        expect(await send('POST', `/${id}/preview`, { runs: { move: { rest: 'nowhere' } } })).toMatchObject({
          status: 400,
          detail: expect.stringContaining("given the step 'nowhere'") as string,
        })
        expect(await send('POST', `/${id}/publish`, { runs: { move: { nowhere: 'rest' } } })).toMatchObject({
          status: 400,
        })
      })

      it('keeps what an opening asks for', async () => {
        const id = newId()
        await live(written(id), { opening: { days: 3 } })
        expect(await send('GET', `/${id}`)).toMatchObject({
          versions: [{ version: 1, opening: { days: 3, state: expect.any(String) as string } }],
        })
      })
    })

    describe('The life', () => {
      const SITUATIONS: Record<string, (id: string) => Promise<unknown>> = {
        'a draft': async (id) => await draft(written(id)),
        'a live version': async (id) => await live(written(id)),
        'a live version and a draft': async (id) => {
          await live(written(id))
          await draft(written(id, { name: 'Next' }))
        },
        'a paused version': async (id) => {
          await live(written(id))
          await send('POST', `/${id}/pause`)
        },
        'an archived version': async (id) => {
          await live(written(id))
          await send('POST', `/${id}/archive`)
        },
      }
      it.each<[situation: keyof typeof SITUATIONS, move: string, outcome: unknown]>([
        ['a draft', 'publish', { 1: 'live' }],
        ['a draft', 'pause', /version 1 is a draft; expected a live version to pause/],
        ['a draft', 'resume', /version 1 is a draft; expected a paused version to resume/],
        ['a draft', 'archive', /version 1 is a draft; expected a live or paused version to archive/],
        ['a live version', 'publish', /version 1 is live; expected a draft to publish/],
        ['a live version', 'pause', { 1: 'paused' }],
        ['a live version', 'resume', /version 1 is live; expected a paused version to resume/],
        ['a live version', 'archive', { 1: 'archived' }],
        ['a live version', 'versions/1/restore', { 1: 'live', 2: 'draft' }],
        ['a live version and a draft', 'publish', { 1: 'archived', 2: 'live' }],
        ['a live version and a draft', 'pause', { 1: 'paused', 2: 'draft' }],
        ['a live version and a draft', 'archive', { 1: 'archived', 2: 'draft' }],
        ['a live version and a draft', 'versions/1/restore', /has a draft already, version 2: delete it/],
        ['a paused version', 'publish', /version 1 is paused; expected a draft to publish/],
        ['a paused version', 'pause', /version 1 is paused; expected a live version to pause/],
        ['a paused version', 'resume', { 1: 'live' }],
        ['a paused version', 'archive', { 1: 'archived' }],
        ['an archived version', 'publish', /version 1 is archived; expected a draft to publish/],
        ['an archived version', 'pause', /version 1 is archived; expected a live version to pause/],
        ['an archived version', 'resume', /version 1 is archived; expected a paused version to resume/],
        ['an archived version', 'archive', /version 1 is archived; expected a live or paused version to archive/],
        ['an archived version', 'versions/1/restore', { 1: 'archived', 2: 'draft' }],
        ['an archived version', 'versions/9/restore', /no version 9 of the journey .*, expected one of 1/],
      ])('of %s: %s', async (situation, move, outcome) => {
        const id = newId()
        await SITUATIONS[situation]?.(id)
        const before = await statusesOf(id)
        const answer = await send('POST', `/${id}/${move}`)
        if (outcome instanceof RegExp) {
          expect(answer).toMatchObject({ detail: expect.stringMatching(outcome) as string })
          expect([404, 409]).toContain(answer['status'])
          expect(await statusesOf(id)).toEqual(before)
        } else expect(await statusesOf(id)).toEqual(outcome)
      })

      it.each(['publish', 'pause', 'resume', 'archive', 'preview', 'versions/1/restore'])(
        'of a journey that there is not: %s',
        async (move) => {
          expect(await send('POST', `/no-such-journey/${move}`, {})).toMatchObject({ status: 404 })
        },
      )

      it('is told with how many runs there are, and where', async () => {
        const id = newId()
        await live(written(id, { holdOut: 0 }))
        await enrol(id, `${id}-a`, `${id}-b`)
        const { journeys: all } = (await send('GET', '')) as { journeys: Json[] }
        expect(all.find((one) => one['id'] === id)).toEqual({
          id,
          name: id,
          status: 'live',
          version: 1,
          draft: null,
          versions: 1,
          runs: { running: 2, held: 0, ended: 0, heldOut: 0, goals: 0 },
        })
        expect(await send('GET', `/${id}`)).toMatchObject({
          status: 'live',
          problems: [],
          current: { version: 1, definition: { id } },
          draft: null,
          versions: [{ version: 1, status: 'live', running: 2, opening: null, runsTo: null }],
          runs: [{ version: 1, step: 'pause', runs: 2, held: 0 }],
        })
      })

      it('leaves files, versions and their difference to be read', async () => {
        const id = newId()
        await live(written(id))
        await draft(written(id, { steps: [delay('pause', '3d'), mail('mail')] }))
        expect(await send('GET', `/${id}/difference`)).toMatchObject({
          from: 1,
          to: 2,
          changes: [{ kind: 'changed', step: 'pause', field: 'duration', from: '2d', to: '3d' }],
        })
        expect(await send('GET', `/${id}/difference?from=2&to=1`)).toMatchObject({
          changes: [{ from: '3d', to: '2d' }],
        })
        expect(await send('GET', `/${id}/difference?from=7`)).toMatchObject({ status: 404 })
        const { files } = (await send('GET', '/files')) as { files: Json[] }
        const file = files.find((one) => one['id'] === id)
        expect(file).toMatchObject({ file: `${id}.yaml`, version: 2, status: 'draft' })
        const version = await send('GET', `/${id}/versions/1`)
        expect(version).toMatchObject({ version: 1, status: 'live', definition: { id } })
        expect(version['text']).toBe(writeJourneyText(JourneySchema.parse(written(id))))
        expect(await send('GET', `/${id}/versions/x`)).toMatchObject({ status: 400 })
      })
    })

    describe('Runs under way', () => {
      it('stay with their version when another goes live, unasked', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await live(written(id, { steps: [delay('pause', '9d'), mail('mail')] }))
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 1, step: 'pause', status: 'running' }])
        await pass(2 * DAY)
        expect(await mailsOf(id)).toHaveLength(1)
        expect((await mailsOf(id))[0]).toMatchObject({ stepId: 'mail' })
      })

      it('are moved in the middle of a delay, and keep its time', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`, `${id}-b`)
        await pass(DAY)
        // Somebody who came in later waits for longer.
        await enrol(id, `${id}-c`)
        await live(written(id, { steps: [delay('pause', '2d'), mail('another')] }), { runs: 'move' })
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 2 }, { version: 2 }, { version: 2 }])
        expect((await rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null, null])
        await pass(DAY)
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['another', 'another'])
        await pass(DAY)
        expect(await mailsOf(id)).toHaveLength(3)
      })

      it('are moved by the mapping alone, and whoever it does not name stays', async () => {
        const id = newId()
        await live(written(id, { steps: [delay('one'), mail('mail'), delay('two'), mail('last')] }))
        await enrol(id, `${id}-a`)
        await pass(2 * DAY)
        await enrol(id, `${id}-b`)
        await live(written(id, { steps: [delay('new', '5d'), mail('mail')] }), {
          runs: { move: { two: 'new' } },
        })
        await jobs()
        expect(await runsOf(id)).toMatchObject([
          { version: 1, step: 'one' },
          { version: 2, step: 'new' },
        ])
      })

      it('go on being moved after a restart, from where they were, each once', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`, `${id}-b`, `${id}-c`)
        await live(written(id, { steps: [delay('pause'), mail('another')] }), { runs: 'move' })
        const runs = await test.store.read(async (tx) => {
          const { enrolments } = tx.tables
          return await tx.select().from(enrolments).where(eq(enrolments.journeyId, id))
        })
        const [first] = runs.toSorted((one, other) => one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1))
        // Killed after the first was told.
        const progress = { journey: id, after: { startedAt: first?.startedAt, id: first?.id }, runs: 1 }
        await test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-runs')),
        )
        await jobs()
        expect((await runsOf(id)).map(({ version }) => version)).toEqual([1, 2, 2])
        // Told of all again: nobody begins anew.
        await pass(DAY)
        await test.store.write(async (tx) => {
          const { journeys: table, jobs: all } = tx.tables
          const runsTo = { kind: 'move', to: 2, steps: { pause: 'pause' } }
          await tx.update(table).set({ runsTo }).where(eq(table.id, id))
          await tx.update(all).set({ dueAt: now() }).where(eq(all.name, 'journey-runs'))
        })
        await jobs()
        expect((await runsOf(id)).map(({ version }) => version)).toEqual([2, 2, 2])
        await pass(DAY)
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['another', 'another', 'another'])
      })

      it('are held by a pause, which says what became due, and go on after it', async () => {
        const id = newId()
        await live(written(id, { steps: [delay('pause'), mail('mail'), delay('rest'), mail('last')] }))
        await enrol(id, `${id}-a`)
        await pass(DAY)
        await enrol(id, `${id}-b`)
        expect(await send('POST', `/${id}/pause`)).toMatchObject({ version: 1, status: 'paused' })
        await enrol(id, `${id}-c`)
        const heldSince = new Date(now() + DAY).toISOString()
        await pass(1.5 * DAY)
        expect(await mailsOf(id)).toEqual([])
        expect(await send('GET', `/${id}`)).toMatchObject({
          status: 'paused',
          runs: [{ version: 1, step: 'pause', runs: 2, held: 1, heldSince }],
        })
        expect(await send('POST', `/${id}/resume`)).toMatchObject({
          status: 'live',
          due: [{ version: 1, step: 'pause', held: 1, heldSince }],
        })
        await jobs()
        expect(await runsOf(id)).toMatchObject([
          { step: expect.any(String) as string, heldSince: null },
          { heldSince: null },
        ])
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['mail'])
        // The timer of who was not due yet has kept its time.
        await pass(DAY / 2)
        expect(await mailsOf(id)).toHaveLength(2)
        expect((await rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null])
        expect(await audit(id)).toEqual([
          'journey.draft.saved',
          'journey.published',
          'journey.paused',
          'journey.resumed',
        ])
      })

      it('of a paused journey wait for the version that takes its place', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await send('POST', `/${id}/pause`)
        await pass(3 * DAY)
        expect(await live(written(id, { steps: [delay('pause'), mail('mended')] }), { runs: 'move' })).toMatchObject({
          version: 2,
          status: 'paused',
        })
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 2, step: 'pause', status: 'running' }])
        await pass(DAY)
        expect(await mailsOf(id)).toEqual([])
        await send('POST', `/${id}/resume`)
        await jobs()
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['mended'])
      })

      it('are finished where the journey is archived, also what a pause has held', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await send('POST', `/${id}/pause`)
        await pass(3 * DAY)
        await send('POST', `/${id}/archive`)
        await enrol(id, `${id}-b`)
        await jobs()
        expect(await mailsOf(id)).toHaveLength(1)
        expect(await runsOf(id)).toHaveLength(1)
      })

      it('are ended where somebody asks for it, in every version', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await live(written(id, { name: 'Next' }))
        await enrol(id, `${id}-b`)
        await send('POST', `/${id}/archive`, { runs: 'end' })
        await jobs()
        expect(await runsOf(id)).toMatchObject([
          { version: 1, status: 'ended', endReason: 'removed' },
          { version: 2, status: 'ended', endReason: 'removed' },
        ])
        await pass(3 * DAY)
        expect(await mailsOf(id)).toEqual([])
        expect((await rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null, null])
        expect(await send('POST', `/${id}/archive`, { runs: 'kill' })).toMatchObject({ status: 400 })
      })
    })

    describe('A version whose rules count events', () => {
      const EVENTS = 3
      const happen = async (userId: string, name: string) => {
        for (let index = 0; index < EVENTS; index += 1) await submit(track(userId, name))
      }

      it('goes live by itself when everybody has been looked at once', async () => {
        const id = newId()
        const name = `Thing ${id}`
        const user = `${id}-a`
        await happen(user, name)
        const entry = COUNTED(name)
        expect(await live(written(id, { entry }))).toMatchObject({ version: 1, status: 'published' })
        expect(await statusesOf(id)).toEqual({ 1: 'published' })
        expect(await send('POST', `/${id}/pause`)).toMatchObject({
          status: 409,
          detail: expect.stringContaining('version 1 is published and about to go live') as string,
        })
        await enrol(id, user)
        expect(await runsOf(id)).toEqual([])
        await jobs()
        expect(await statusesOf(id)).toEqual({ 1: 'live' })
        // What happened long before it was published counts, and it starts nothing by itself.
        expect(await runsOf(id)).toEqual([])
        test.clock.set(now() + 1)
        await enrol(id, user)
        expect(await runsOf(id)).toHaveLength(1)
        // What is counted now is counted for the next version, too, but not more of it.
        const next = written(id, { entry, name: 'Next' })
        expect(await live(next)).toMatchObject({ version: 2, status: 'live' })
        expect(await live({ ...next, entry: { ...entry, atLeast: 3 } })).toMatchObject({ status: 'published' })
        expect(await statusesOf(id)).toEqual({ 1: 'archived', 2: 'live', 3: 'published' })
        // Another one takes its turn, and its place.
        await draft({ ...next, name: 'Last' })
        expect(await publish(id)).toMatchObject({ version: 4, status: 'live' })
        await jobs()
        expect(await statusesOf(id)).toEqual({ 1: 'archived', 2: 'archived', 3: 'archived', 4: 'live' })
      })

      it('goes on looking after a restart, from where it was', async () => {
        const id = newId()
        const name = `Thing ${id}`
        await happen(`${id}-a`, name)
        await happen(`${id}-b`, name)
        await live(written(id, { entry: COUNTED(name) }))
        const [first, second] = (await Promise.all([idOf(`${id}-a`), idOf(`${id}-b`)])).toSorted()
        const progress = { waiting: { [id]: 1 }, after: first, customers: 1 }
        await test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-count')),
        )
        await jobs()
        expect(await statusesOf(id)).toEqual({ 1: 'live' })
        const countersOf = async (customer: string | undefined) => {
          const rows = await test.store.read((tx) => tx.select().from(tx.tables.customers))
          return JSON.stringify(rows.find((row) => row.id === customer)?.state).includes(name)
        }
        expect(await countersOf(second)).toBe(true)
      })

      it('takes the runs along that were to be moved, not before', async () => {
        const id = newId()
        const name = `Thing ${id}`
        await happen(`${id}-a`, name)
        await live(written(id))
        await enrol(id, `${id}-a`)
        await live(written(id, { entry: COUNTED(name), steps: [delay('pause'), mail('next')] }), { runs: 'move' })
        await test.ciclo.settle()
        expect(await runsOf(id)).toMatchObject([{ version: 1 }])
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 2 }])
      })
    })

    describe('A version that a day starts', () => {
      const dated = (id: string) =>
        written(id, {
          trigger: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true }, at: '09:00' },
          steps: [mail('mail', 'birthday')],
        })
      const day = (at: number) => new Date(at).toISOString().slice(5, 10)

      it('has everybody woken, so that days are known of whom nothing else happens', async () => {
        const id = newId()
        await submit(identify(`${id}-a`, { birthday: day(now() + 3 * DAY) }))
        await submit(track(`${id}-a`, 'Subscribed'))
        await live(dated(id))
        await jobs()
        await pass(4 * DAY)
        expect(await runsOf(id)).toHaveLength(1)
      })

      it('is started after a pause, too', async () => {
        const id = newId()
        await live(dated(id))
        await jobs()
        await send('POST', `/${id}/pause`)
        await submit(identify(`${id}-a`, { birthday: day(now() + 3 * DAY) }))
        await send('POST', `/${id}/resume`)
        await jobs()
        await pass(4 * DAY)
        expect(await runsOf(id)).toHaveLength(1)
      })
    })

    it('are given to a workspace that does not know them yet, as drafts, once', async () => {
      const known: Journey = JourneySchema.parse(written(newId(), { name: 'Another now' }))
      const fresh: Journey = JourneySchema.parse(written(newId()))
      await live(written(known.id))
      await test.store.write(async (tx) => {
        const { journeys: table } = tx.tables
        await tx.update(table).set({ hash: null }).where(eq(table.id, known.id))
      })
      const before = await rowsOf(known.id)
      for (let start = 0; start < 2; start += 1)
        await test.store.write((tx) => adoptShipped(tx, [known, fresh], now()))
      const hash = journeyHash(JourneySchema.parse(written(known.id)))
      expect(await rowsOf(known.id)).toEqual(before.map((version) => ({ ...version, hash })))
      expect(await rowsOf(fresh.id)).toMatchObject([{ version: 1, status: 'draft', hash: journeyHash(fresh) }])
    })

    it('are described in OpenAPI', async () => {
      const { paths } = (await test.request('/api/openapi.json')) as { paths: Json }
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining([
          '/api/journeys',
          '/api/journeys/validate',
          '/api/journeys/files',
          '/api/journeys/{id}',
          '/api/journeys/{id}/draft',
          '/api/journeys/{id}/publish',
        ]),
      )
    })

    // Late: the jobs of every test would look at all of them.
    it('know an event that only somebody of long ago has sent', async () => {
      const id = newId()
      await submit(track('long-ago', 'Rare Thing Done'))
      const later = Array.from({ length: 520 }, (_, index) => identify(`later-${index}`))
      await submit(...later.slice(0, 260))
      await submit(...later.slice(260))
      const entry = { kind: 'event', name: 'Rare Thing Done' } as const
      expect(await draft(written(id, { entry }))).toMatchObject({ problems: [] })
      expect(await draft(written(id, { entry: { ...entry, name: 'Rarer Thing Done' } }))).toMatchObject({
        problems: [{ code: 'unknown-event' }],
      })
    })
  })
}
