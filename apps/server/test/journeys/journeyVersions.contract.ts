import { JourneySchema, type Journey } from '@ciclo/engine'
import { journeyHash, writeJourneyText } from '@ciclo/journeys'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { adoptShipped } from '../../src/journeys/adoptShipped.ts'
import { listVersions, putDraft } from '../../src/store/queries/journeys.ts'
import { createTestCiclo } from '../support/createTestCiclo.ts'
import { DAY, delay, mail, written, useJourneys, type Json } from './useJourneys.ts'

/** The versions of journeys, their life, and the API in front of them. */
export function journeyVersionsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Versions of journeys on ${database}`, () => {
    const shop = useJourneys(createDatabase)

    describe('A draft', () => {
      it('is changed in place, and says what is wrong with it', async () => {
        const id = shop.newId()
        const first = await shop.draft(written(id))
        expect(first).toMatchObject({ id, version: 1, problems: [] })
        const second = await shop.draft(written(id, { steps: [mail('mail', 'no-such-mail')] }))
        expect(second).toMatchObject({
          version: 1,
          problems: [
            { severity: 'error', code: 'missing-template', step: 'mail', path: ['steps', 0, 'template'] },
          ],
        })
        expect(second['hash']).not.toBe(first['hash'])
        expect(await shop.statusesOf(id)).toEqual({ 1: 'draft' })
      })

      it('is one journey, in YAML as in JSON, with one hash', async () => {
        const id = shop.newId()
        const journey = JourneySchema.parse(written(id))
        const yaml = { 'content-type': 'application/yaml' }
        const texts = [
          writeJourneyText(journey),
          // As somebody might write it.
          `# Ours\nsteps:\n  - id: pause\n    kind: delay\n    duration: 48h\n  - {id: mail, kind: send, purpose: marketing, template: welcome}\nname: ${id}\nreentry: {kind: always}\ntrigger: {kind: api}\nid: ${id}\nexits:\n  - on: {name: Order Completed, kind: event}\n`,
        ]
        const hashes = [(await shop.draft(written(id)))['hash']]
        for (const text of texts) {
          hashes.push((await shop.send('PUT', `/${id}/draft`, text, yaml))['hash'])
          const { journeys: judged } = await shop.send('POST', '/validate', text, yaml)
          hashes.push((judged as Json[])[0]?.['hash'])
        }
        expect(new Set(hashes)).toEqual(new Set([journeyHash(journey)]))
      })

      it('is kept from whoever has not seen the last change of it', async () => {
        const id = shop.newId()
        const { hash } = await shop.draft(written(id))
        const match = { 'if-match': `"${String(hash)}"` }
        expect(await shop.draft(written(id, { name: 'Ann was here' }), match)).toMatchObject({ version: 1 })
        expect(await shop.draft(written(id, { name: 'Bob was here' }), match)).toMatchObject({
          status: 409,
          detail: expect.stringContaining('was changed meanwhile') as string,
        })
        expect(await shop.send('DELETE', `/${id}/draft`, undefined, match)).toMatchObject({ status: 409 })
        expect((await shop.rowsOf(id))[0]?.name).toBe('Ann was here')
        expect(await shop.send('POST', '', written(id))).toMatchObject({ status: 409 })
      })

      it('is changed by one of two who have read the same', async () => {
        const id = shop.newId()
        const { hash } = await shop.draft(written(id))
        const match = { 'if-match': `"${String(hash)}"` }
        const both = await Promise.all(
          ['Ann', 'Bob'].map((name) => shop.draft(written(id, { name: `${name} was here` }), match)),
        )
        expect(both.filter(({ status }) => status === 409)).toHaveLength(1)
      })

      it('is refused with every place where it is no journey', async () => {
        const id = shop.newId()
        const wrong = {
          ...written(id),
          steps: [{ kind: 'delay', id: 'pause', duration: '2 days' }],
          entyr: {},
        }
        expect(await shop.send('PUT', `/${id}/draft`, wrong)).toMatchObject({
          status: 422,
          code: 'invalid-journey',
          problems: [
            { code: 'not-a-journey', path: ['steps', 0, 'duration'], severity: 'error' },
            { path: ['entyr'], message: expect.stringContaining('expected entry') as string },
          ],
        })
        const yaml = await shop.send('PUT', `/${id}/draft`, `id: ${id}\nname: x\n  bad: [`, {
          'content-type': 'text/yaml',
        })
        expect(yaml).toMatchObject({ status: 422 })
        expect((yaml['problems'] as Json[])[0]).toMatchObject({ line: 2, column: 7, path: [] })
        expect(await shop.send('PUT', `/${id}/draft`, written('another'))).toMatchObject({ status: 400 })
        expect(await shop.send('POST', '', written('files'))).toMatchObject({ status: 400 })
        expect(await shop.send('PUT', `/${id}/draft`, '{')).toMatchObject({ status: 400, code: 'bad-json' })
        expect(await shop.rowsOf(id)).toEqual([])
      })

      it('is deleted, and a journey that was never published with it', async () => {
        const id = shop.newId()
        await shop.draft(written(id))
        expect(await shop.send('DELETE', `/${id}/draft`)).toMatchObject({ id })
        expect(await shop.send('GET', `/${id}`)).toMatchObject({ status: 404 })
        expect(await shop.send('DELETE', `/${id}/draft`)).toMatchObject({ status: 404 })
        expect(await shop.audit(id)).toEqual(['journey.draft.saved', 'journey.draft.deleted'])
      })
    })

    describe('Publishing', () => {
      it('refuses a draft with errors, and lists all of them with their places', async () => {
        const id = shop.newId()
        await shop.draft(
          written(id, {
            entry: { kind: 'event', name: 'Odrer Completed' },
            steps: [
              mail('mail', 'no-such-mail'),
              { kind: 'coupon', id: 'code', from: { pool: 'no-such-pool' } },
            ],
          }),
        )
        // A shop that has sent events does not send this one.
        await shop.submit(shop.track('anybody', 'Something Else'))
        expect(await shop.publish(id)).toMatchObject({
          status: 422,
          code: 'invalid-journey',
          problems: expect.arrayContaining([
            expect.objectContaining({ code: 'unknown-event', path: ['entry', 'name'], severity: 'error' }),
            expect.objectContaining({ code: 'missing-template', step: 'mail' }),
            expect.objectContaining({ code: 'unknown-pool', step: 'code' }),
            expect.objectContaining({ severity: 'warning' }),
          ]) as unknown,
        })
        expect(await shop.statusesOf(id)).toEqual({ 1: 'draft' })
      })

      it('makes a version that nothing changes any more', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        const [before] = await shop.rowsOf(id)
        const definition = JourneySchema.parse(written(id, { name: 'Changed' }))
        await expect(
          shop.test.store.write((tx) =>
            putDraft(tx, shop.test.workspaceId, { definition, hash: 'another', version: 1, createdAt: 0 }),
          ),
        ).rejects.toThrow(`Version 1 of the journey ${id} is published: it is never changed`)
        expect(await shop.draft(written(id, { name: 'Changed' }))).toMatchObject({ version: 2 })
        expect((await shop.rowsOf(id))[0]).toEqual(before)
        expect(await shop.statusesOf(id)).toEqual({ 1: 'live', 2: 'draft' })
      })

      it('takes the place of the version before, and of two at once only one does', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.draft(written(id, { steps: [mail('mail')] }))
        const both = await Promise.all([shop.publish(id), shop.publish(id)])
        expect(new Set(both.map(({ status }) => status))).toEqual(new Set([409, 'live']))
        expect(both.find(({ status }) => status === 409)).toMatchObject({
          detail: expect.stringMatching(/expected a draft to publish|was changed meanwhile/) as string,
        })
        expect(await shop.statusesOf(id)).toEqual({ 1: 'archived', 2: 'live' })
        expect(await shop.audit(id)).toEqual([
          'journey.draft.saved',
          'journey.published',
          'journey.draft.saved',
          'journey.published',
        ])
      })

      it('publishes only what was looked at', async () => {
        const id = shop.newId()
        const { hash } = await shop.draft(written(id))
        await shop.draft(written(id, { name: 'Another' }))
        const seen = { 'if-match': `"${String(hash)}"` }
        expect(await shop.send('POST', `/${id}/publish`, {}, seen)).toMatchObject({ status: 409 })
        expect(await shop.statusesOf(id)).toEqual({ 1: 'draft' })
      })

      it('shows before what it would do', async () => {
        const id = shop.newId('there')
        const trigger = { kind: 'transition', region: 'advocacy', to: 'promoter' } as const
        await shop.live(
          written(id, { trigger, steps: [delay('pause'), mail('mail'), delay('rest'), mail('last')] }),
        )
        await shop.submit(
          shop.track(`${id}-promoter`, 'Survey Answered', { score: 10 }),
          shop.track(`${id}-detractor`, 'Survey Answered', { score: 1 }),
        )
        await shop.draft(
          written(id, {
            trigger,
            steps: [delay('pause', '3d'), mail('mail'), { kind: 'until', id: 'rest', at: '10:00' }],
          }),
        )
        expect(await shop.send('GET', `/${id}/preview`)).toMatchObject({
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
        await shop.pass(2 * DAY)
        const preview = await shop.send('GET', `/${id}/preview`)
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
        const named = await shop.send('POST', `/${id}/preview`, { runs: { move: { rest: 'pause' } } })
        expect(named['runs']).toMatchObject([{ step: 'rest', to: 'pause', why: null }])
        expect(
          await shop.send('POST', `/${id}/preview`, { runs: { move: { rest: 'nowhere' } } }),
        ).toMatchObject({
          status: 400,
          detail: expect.stringContaining("given the step 'nowhere'") as string,
        })
        expect(
          await shop.send('POST', `/${id}/publish`, { runs: { move: { nowhere: 'rest' } } }),
        ).toMatchObject({
          status: 400,
        })
      })

      it('keeps what an opening asks for', async () => {
        const id = shop.newId()
        await shop.live(written(id), { opening: { days: 3 } })
        expect(await shop.send('GET', `/${id}`)).toMatchObject({
          versions: [{ version: 1, opening: { days: 3, state: expect.any(String) as string } }],
        })
      })
    })

    describe('The life', () => {
      const SITUATIONS: Record<string, (id: string) => Promise<unknown>> = {
        'a draft': async (id) => await shop.draft(written(id)),
        'a live version': async (id) => await shop.live(written(id)),
        'a live version and a draft': async (id) => {
          await shop.live(written(id))
          await shop.draft(written(id, { name: 'Next' }))
        },
        'a paused version': async (id) => {
          await shop.live(written(id))
          await shop.send('POST', `/${id}/pause`)
        },
        'an archived version': async (id) => {
          await shop.live(written(id))
          await shop.send('POST', `/${id}/archive`)
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
        [
          'an archived version',
          'archive',
          /version 1 is archived; expected a live or paused version to archive/,
        ],
        ['an archived version', 'versions/1/restore', { 1: 'archived', 2: 'draft' }],
        ['an archived version', 'versions/9/restore', /no version 9 of the journey .*, expected one of 1/],
      ])('of %s: %s', async (situation, move, outcome) => {
        const id = shop.newId()
        await SITUATIONS[situation]?.(id)
        const before = await shop.statusesOf(id)
        const answer = await shop.send('POST', `/${id}/${move}`)
        if (outcome instanceof RegExp) {
          expect(answer).toMatchObject({ detail: expect.stringMatching(outcome) as string })
          expect([404, 409]).toContain(answer['status'])
          expect(await shop.statusesOf(id)).toEqual(before)
        } else expect(await shop.statusesOf(id)).toEqual(outcome)
      })

      it.each(['publish', 'pause', 'resume', 'archive', 'preview', 'versions/1/restore'])(
        'of a journey that there is not: %s',
        async (move) => {
          expect(await shop.send('POST', `/no-such-journey/${move}`, {})).toMatchObject({ status: 404 })
        },
      )

      it('is told with how many runs there are, and where', async () => {
        const id = shop.newId()
        await shop.live(written(id, { holdOut: 0 }))
        await shop.enrol(id, `${id}-a`, `${id}-b`)
        const { journeys: all } = (await shop.send('GET', '')) as { journeys: Json[] }
        expect(all.find((one) => one['id'] === id)).toEqual({
          id,
          name: id,
          status: 'live',
          version: 1,
          draft: null,
          versions: 1,
          runs: { running: 2, held: 0, ended: 0, heldOut: 0, goals: 0 },
        })
        expect(await shop.send('GET', `/${id}`)).toMatchObject({
          status: 'live',
          problems: [],
          current: { version: 1, definition: { id } },
          draft: null,
          versions: [{ version: 1, status: 'live', running: 2, opening: null, runsTo: null }],
          runs: [{ version: 1, step: 'pause', runs: 2, held: 0 }],
        })
      })

      it('leaves files, versions and their difference to be read', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.draft(written(id, { steps: [delay('pause', '3d'), mail('mail')] }))
        expect(await shop.send('GET', `/${id}/difference`)).toMatchObject({
          from: 1,
          to: 2,
          changes: [{ kind: 'changed', step: 'pause', field: 'duration', from: '2d', to: '3d' }],
        })
        expect(await shop.send('GET', `/${id}/difference?from=2&to=1`)).toMatchObject({
          changes: [{ from: '3d', to: '2d' }],
        })
        expect(await shop.send('GET', `/${id}/difference?from=7`)).toMatchObject({ status: 404 })
        const { files } = (await shop.send('GET', '/files')) as { files: Json[] }
        const file = files.find((one) => one['id'] === id)
        expect(file).toMatchObject({ file: `${id}.yaml`, version: 2, status: 'draft' })
        const version = await shop.send('GET', `/${id}/versions/1`)
        expect(version).toMatchObject({ version: 1, status: 'live', definition: { id } })
        expect(version['text']).toBe(writeJourneyText(JourneySchema.parse(written(id))))
        expect(await shop.send('GET', `/${id}/versions/x`)).toMatchObject({ status: 400 })
      })
    })

    it('are given to a workspace that does not know them yet, as drafts, once', async () => {
      const known: Journey = JourneySchema.parse(written(shop.newId(), { name: 'Another now' }))
      const fresh: Journey = JourneySchema.parse(written(shop.newId()))
      await shop.live(written(known.id))
      await shop.test.store.write(async (tx) => {
        const { journeys: table } = tx.tables
        await tx.update(table).set({ hash: null }).where(eq(table.id, known.id))
      })
      const before = await shop.rowsOf(known.id)
      for (let start = 0; start < 2; start += 1)
        await shop.test.store.write((tx) =>
          adoptShipped(tx, { ids: () => [known.id, fresh.id], load: () => [known, fresh] }, shop.now()),
        )
      const hash = journeyHash(JourneySchema.parse(written(known.id)))
      expect(await shop.rowsOf(known.id)).toEqual(before.map((version) => ({ ...version, hash })))
      expect(await shop.rowsOf(fresh.id)).toMatchObject([
        { version: 1, status: 'draft', hash: journeyHash(fresh) },
      ])
    })

    it('that a later Ciclo ships are there as drafts after its first start', async () => {
      const databaseUrl = await createDatabase()
      const options = { databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' }
      const [older, later] = [shop.newId('older'), shop.newId('later')].map((id) =>
        JourneySchema.parse(written(id)),
      )
      if (!older || !later) throw new RangeError('expected two journeys')
      await (await createTestCiclo({ ...options, journeys: [older] })).stop()
      const again = await createTestCiclo({ ...options, journeys: [older, later] })
      const versions = await again.store.read((tx) => listVersions(tx, again.workspaceId))
      await again.stop()
      expect(versions).toMatchObject([{ id: later.id, version: 1, status: 'draft' }, { id: older.id }])
    })

    it('are described in OpenAPI', async () => {
      const { paths } = (await shop.test.request('/api/openapi.json')) as { paths: Json }
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
      const id = shop.newId()
      await shop.submit(shop.track('long-ago', 'Rare Thing Done'))
      const later = Array.from({ length: 520 }, (_, index) => shop.identify(`later-${index}`))
      await shop.submit(...later.slice(0, 260))
      await shop.submit(...later.slice(260))
      const entry = { kind: 'event', name: 'Rare Thing Done' } as const
      expect(await shop.draft(written(id, { entry }))).toMatchObject({ problems: [] })
      expect(await shop.draft(written(id, { entry: { ...entry, name: 'Rarer Thing Done' } }))).toMatchObject({
        problems: [{ code: 'unknown-event' }],
      })
    })
  })
}
