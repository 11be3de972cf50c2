import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFeedback, type FeedbackWorld } from '../feedback/useFeedback.ts'
import { readSample } from '../feedback/readSample.ts'
import { changeSuppressions } from '../../src/store/queries/suppressions.ts'
import { hashAddress } from '../../src/tokens.ts'
import { SECRET, SECRET_KEY } from '../support/createTestCiclo.ts'

const ANN = 'ann@example.com'
const DAY = 86_400_000
const PATH = '/api/suppressions'

interface Listed {
  address: string | null
  reason: string
  at: string
  detail: string | null
}

/** The suppression list, on a database. */
export function suppressionsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the suppression list on ${database}`, () => {
    let world: FeedbackWorld
    beforeEach(async () => {
      world = await openFeedback(await createDatabase())
    })
    afterEach(() => world.stop())

    const list = async (query = '') =>
      (await world.request(`${PATH}?${query}`)) as {
        suppressions: Listed[]
        next: string | null
        status?: number
      }
    const lines = async (query = '') =>
      (await list(query)).suppressions.map(({ address, reason }) => `${address} ${reason}`)
    const post = async (path: string, body: unknown) => await world.post(`${PATH}${path}`, body)
    const add = (address: string, reason: string) =>
      post('', { address, reason, because: 'they have called' })
    const importText = async (body: string, query = '') =>
      await world.request(`${PATH}/import?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body,
      })
    const exported = async (format: string) => {
      const response = await world.ciclo.app.request(`${PATH}/export?format=${format}`, {
        headers: { authorization: `Bearer ${SECRET_KEY}` },
      })
      return await response.text()
    }
    const bounce = async (address: string) => {
      const mail = await world.mailTo(address)
      const from = { via: 'test', recipients: [] }
      await world.ciclo.feedback.takeMail(readSample('postfix-user-unknown', mail), from)
      return mail
    }
    const audit = async () =>
      (
        (await world.request('/api/audit')) as {
          entries: { action: string; details: unknown; subject: string | null }[]
        }
      ).entries

    it('shows addresses, the newest first, page by page and by reason', async () => {
      for (const [place, reason] of ['bounce', 'complaint', 'unsubscribed', 'bounce'].entries()) {
        await add(`a${place}@example.com`, reason)
        world.clock.set(world.clock.now() + DAY)
      }
      const all = [
        'a3@example.com bounce',
        'a2@example.com unsubscribed',
        'a1@example.com complaint',
        'a0@example.com bounce',
      ]
      expect(await lines()).toEqual(all)
      expect(await lines('reason=bounce')).toEqual([all[0], all[3]])
      const first = await list('limit=3')
      expect(first.suppressions).toHaveLength(3)
      expect(await lines(`limit=3&cursor=${first.next}`)).toEqual([all[3]])
      expect(await list('reason=nonsense')).toMatchObject({ status: 400 })
    })

    it('finds one address, however it is written', async () => {
      await bounce(ANN)
      expect(await list(`address=${encodeURIComponent(' Ann@Example.com')}`)).toMatchObject({
        suppressions: [
          { address: ANN, reason: 'bounce', detail: expect.stringContaining('550 5.1.1') as string },
        ],
      })
      expect(await list('address=bob%40example.com')).toMatchObject({ status: 404 })
      expect(await list('address=nobody')).toMatchObject({ status: 400 })
    })

    it('gets an address by hand, with why and by whom in the audit', async () => {
      expect(await add(' Ann@Example.com', 'unsubscribed')).toMatchObject({
        address: ANN,
        reason: 'unsubscribed',
        detail: 'they have called',
      })
      const [entry] = await audit()
      expect(entry).toMatchObject({
        action: 'suppression.added',
        details: { reason: 'unsubscribed', because: 'they have called' },
      })
      expect(JSON.stringify(entry)).not.toContain('example.com')
      expect(await post('', { address: ANN, reason: 'bounce' })).toMatchObject({
        status: 400,
        detail: expect.stringContaining('because') as string,
      })
      expect(await post('', { address: 'a@b,c@d.e', reason: 'bounce', because: 'x y' })).toMatchObject({
        status: 400,
      })
    })

    it('keeps the strongest reason, whichever came first', async () => {
      await add(ANN, 'complaint')
      expect(await add(ANN, 'unsubscribed')).toMatchObject({ reason: 'complaint' })
      expect(await add(ANN, 'bounce')).toMatchObject({ reason: 'bounce' })
      expect(await add(ANN, 'complaint')).toMatchObject({ reason: 'bounce' })
    })

    // Each word is a reason and the day on which it came; "yes" is the proof that is newer or older than it.
    it.each<[words: string[][], reason: string | null, under: string | null]>([
      [[['complaint 1'], ['bounce 2']], 'bounce', 'complaint'],
      [[['unsubscribed 1'], ['bounce 2']], 'bounce', 'unsubscribed'],
      [[['bounce 1'], ['complaint 2']], 'bounce', 'complaint'],
      [[['bounce 1'], ['unsubscribed 2'], ['complaint 3']], 'bounce', 'complaint'],
      [[['bounce 1'], ['complaint 2'], ['unsubscribed 3']], 'bounce', 'complaint'],
      [[['bounce 1', 'unsubscribed 2', 'complaint 3']], 'bounce', 'complaint'],
      [[['complaint 1', 'unsubscribed 3', 'bounce 2']], 'bounce', 'complaint'],
      [[['complaint 1'], ['unsubscribed 3', 'bounce 2']], 'bounce', 'complaint'],
      [[['unsubscribed 1'], ['bounce 3', 'complaint 2']], 'bounce', 'complaint'],
      [[['unsubscribed 1'], ['complaint 2']], 'complaint', null],
      [[['bounce 1'], ['unsubscribed 2'], ['yes 3']], 'bounce', null],
      [[['bounce 1'], ['unsubscribed 3'], ['yes 2']], 'bounce', 'unsubscribed'],
      [[['unsubscribed 1'], ['bounce 4'], ['unsubscribed 3'], ['yes 2']], 'bounce', 'unsubscribed'],
      [[['bounce 1'], ['complaint 2'], ['yes 3']], 'bounce', 'complaint'],
      [[['unsubscribed 1'], ['yes 2']], null, null],
      [[['bounce 1'], ['yes 2']], 'bounce', null],
    ])('keeps beneath a bounce what the owner has said: %j', async (words, reason, under) => {
      const addressHash = hashAddress(SECRET, world.workspaceId, ANN)
      for (const together of words)
        await world.store.write(async (tx) => {
          const changes = together.map((word) => {
            const [what = '', day] = word.split(' ')
            return { addressHash, address: ANN, reason: what === 'yes' ? null : what, at: Number(day) * DAY }
          })
          await changeSuppressions(tx, world.workspaceId, changes)
        })
      const found = await world.suppressionOf(ANN)
      expect([found?.reason ?? null, found?.under ?? null]).toEqual([reason, under])
    })

    it.each(['complaint', 'unsubscribed'])(
      'takes a bounce back, and not the %s beneath it',
      async (reason) => {
        const { customerId } = await world.mailTo(ANN)
        await add(ANN, reason)
        const said = await list(`address=${ANN}`)
        world.clock.set(world.clock.now() + DAY)
        await bounce(ANN)
        const inExport = async () => (await exported('csv')).split('\r\n').map((line) => line.split(',')[1])
        expect(await inExport()).toEqual(['reason', 'bounce', reason, undefined])
        expect(await post('/remove', { address: ANN, because: 'the mailbox was mended' })).toMatchObject({
          removed: { reason: 'bounce', under: reason },
          left: reason,
          customerId,
        })
        const [left] = (await list(`address=${ANN}`)).suppressions
        expect(left).toEqual({ ...said.suppressions[0], detail: null })
        expect((await audit())[0]).toMatchObject({ details: { reason: 'bounce', left: reason } })
        await world.mailTo(ANN, { isQueued: true })
        await world.ciclo.settle()
        const states = await world.store.read((tx) => tx.select().from(tx.tables.messages))
        expect(states.some(({ state }) => state === 'refused')).toBe(true)
        await bounce(ANN)
        const forced = { address: ANN, because: 'they have written', force: true }
        expect(await post('/remove', forced)).toMatchObject({ left: null })
        expect(await list(`address=${ANN}`)).toMatchObject({ status: 404 })
      },
    )

    it('lets a bounced address go, and with it its customer', async () => {
      const { customerId } = await bounce(ANN)
      expect(await world.standing(ANN)).toEqual({ permission: 'suppressed', suppressed: 'bounce' })
      expect(await post('/remove', { address: ANN, because: 'the mailbox was mended' })).toMatchObject({
        removed: { address: ANN, reason: 'bounce' },
        customerId,
      })
      expect(await world.standing(ANN)).toEqual({ permission: 'subscribed', suppressed: null })
      expect((await audit())[0]).toMatchObject({
        action: 'suppression.removed',
        details: { reason: 'bounce', because: 'the mailbox was mended', force: false },
      })
      expect(await post('/remove', { address: ANN, because: 'again' })).toMatchObject({ status: 404 })
    })

    it('lets a bounced address go also where its customer is not to be watched', async () => {
      const { customerId } = await world.mailTo(ANN)
      const withdrawn = world.item('secret', {
        type: 'track',
        name: 'Consent Withdrawn',
        properties: { purpose: 'tracking' },
      })
      await world.ciclo.ingest.submit([{ ...withdrawn, customerId }])
      await bounce(ANN)
      await post('/remove', { address: ANN, because: 'the mailbox was mended' })
      expect(await world.standing(ANN)).toEqual({ permission: 'subscribed', suppressed: null })
    })

    it.each([
      ['complaint', 'has called a mail spam'],
      ['erased', 'was erased'],
    ])('lets one go that is there by %s only if somebody insists', async (reason, why) => {
      if (reason === 'complaint') await add(ANN, reason)
      else {
        await world.mailTo(ANN)
        await world.post('/api/erasures', { email: ANN })
      }
      expect(await post('/remove', { address: ANN, because: 'they want it' })).toMatchObject({
        status: 409,
        detail: expect.stringContaining(why) as string,
      })
      expect(await post('/remove', { address: ANN, because: 'they want it', force: true })).toMatchObject({
        removed: { reason },
        customerId: null,
      })
      expect(await list(`address=${ANN}`)).toMatchObject({ status: 404 })
    })

    it('takes a list in, says what it has refused, and changes nothing the second time', async () => {
      await add('bob@example.com', 'bounce')
      const text = `email,reason,created\n${ANN},Unsubscribed,2020-01-02\nbob@example.com,Unsubscribed,2020-01-02\nnobody,Bounced,\neve@example.com,Bounced,2999-01-01\n`
      const expected = { read: 3, byReason: { unsubscribed: 2, bounce: 1 }, refused: 1 }
      expect(await importText(text)).toMatchObject({
        ...expected,
        refusals: [{ line: 4, reason: 'given "nobody", expected an address' }],
      })
      const once = await list()
      expect(once.suppressions.map(({ address, reason }) => `${address} ${reason}`).toSorted()).toEqual([
        `${ANN} unsubscribed`,
        'bob@example.com bounce',
        'eve@example.com bounce',
      ])
      // What is said to come yet counts from now.
      expect(once.suppressions.every(({ at }) => Date.parse(at) <= world.clock.now())).toBe(true)
      expect(await importText(text)).toMatchObject(expected)
      expect(await list()).toEqual(once)
      expect(await importText('email\nkim@example.com\n', 'reason=complaint')).toMatchObject({ read: 1 })
      expect(await importText('email\n"x', 'reason=nonsense')).toMatchObject({ status: 400 })
    })

    it('keeps what an import has suppressed from being sent, as if it had bounced here', async () => {
      await importText(`email,reason\n${ANN},Bounced\n`)
      await world.mailTo(ANN, { isQueued: true })
      await world.ciclo.settle()
      const states = await world.store.read((tx) => tx.select().from(tx.tables.messages))
      expect(states.map(({ state, reason }) => `${state} ${reason}`)).toContain('refused suppressed')
      expect(states.every(({ state }) => state === 'refused')).toBe(true)
    })

    it('names nobody who was erased, whatever list has their address', async () => {
      await world.mailTo(ANN)
      await world.post('/api/erasures', { email: ANN })
      await importText(`email,reason,error\n${ANN},Bounced,550 ${ANN} unknown\n`)
      await add(ANN, 'complaint')
      expect(await exported('jsonl')).not.toContain(ANN)
      expect(await list(`address=${ANN}`)).toMatchObject({
        suppressions: [{ address: null, reason: 'bounce' }],
      })
    })

    it('is given out whole, and what a spreadsheet would run is text in it', async () => {
      const formula = '=cmd|@example.com'
      await importText(`email,reason,error\n${formula},Bounced,"=HYPERLINK(""https://evil.example"")"\n`)
      for (let count = 0; count < 3; count += 1) await add(`a${count}@example.com`, 'unsubscribed')
      const csv = await exported('csv')
      expect(csv.split('\r\n')[0]).toBe('address,reason,at,detail,hash')
      expect(csv).toContain(`'${formula},bounce,`)
      expect(csv).not.toMatch(/(^|,|")[=+@-]/m)
      const json = (await exported('jsonl')).trimEnd().split('\n')
      expect(json).toHaveLength(4)
      expect((await audit())[0]).toMatchObject({
        action: 'suppressions.exported',
        details: { format: 'jsonl' },
      })
      // It is read back as it was.
      const before = await list()
      expect(await importText(csv)).toMatchObject({ read: 4, refused: 0 })
      expect(await list()).toEqual(before)
    })
  })
}
