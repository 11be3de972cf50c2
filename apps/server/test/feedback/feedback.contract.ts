import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertRows } from '../../src/store/insertRows.ts'
import { insertReport, pageOfReports } from '../../src/store/queries/reports.ts'
import { readSample, type SampleValues } from './readSample.ts'
import { openFeedback, type FeedbackWorld } from './useFeedback.ts'

const DAY = 86_400_000
const ANN = 'ann@example.com'
const BOB = 'bob@example.com'
const FREE = { permission: 'subscribed', suppressed: null }
const BOUNCED = { permission: 'suppressed', suppressed: 'bounce' }
const COMPLAINED = { permission: 'suppressed', suppressed: 'complaint' }

/** Every sample that there is about an address of its own: what is made of it, and how the address stands then. */
const SAMPLES: readonly [sample: string, outcome: string, standing: typeof FREE | typeof BOUNCED][] = [
  ['a-person', 'unread', FREE],
  ['arf-abuse', 'taken', COMPLAINED],
  ['arf-auth-failure', 'unread', FREE],
  ['arf-fraud', 'unread', FREE],
  ['arf-message-id', 'taken', COMPLAINED],
  ['arf-not-spam', 'ignored', FREE],
  ['arf-redacted', 'taken', COMPLAINED],
  ['base64-parts', 'taken', BOUNCED],
  ['exchange-not-found', 'taken', BOUNCED],
  ['exim-unrouteable', 'taken', BOUNCED],
  ['forwarded-elsewhere', 'taken', FREE],
  ['gmail-not-found', 'taken', BOUNCED],
  ['gmail-over-quota', 'taken', FREE],
  ['no-blank-lines', 'taken', BOUNCED],
  ['no-recipient', 'unread', FREE],
  ['office365-blocked', 'taken', FREE],
  ['only-envelope', 'taken', BOUNCED],
  ['postfix-delayed', 'ignored', FREE],
  ['postfix-expired', 'taken', FREE],
  ['postfix-mailbox-full', 'taken', FREE],
  ['postfix-user-unknown', 'taken', BOUNCED],
  ['qmail-like', 'unread', FREE],
  ['relayed', 'ignored', FREE],
  ['sendmail-unknown', 'taken', BOUNCED],
  ['several-recipients', 'taken', BOUNCED],
  ['vacation', 'ignored', FREE],
]

/** What comes back of mails, on a database. */
export function feedbackContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`what comes back, on ${database}`, () => {
    let world: FeedbackWorld
    beforeEach(async () => {
      world = await openFeedback(await createDatabase())
    })
    afterEach(() => world.stop())

    const take = (name: string, values: Partial<SampleValues>) =>
      world.ciclo.feedback.takeMail(readSample(name, values), { via: 'test', recipients: [] })

    it('is what each sample says', async () => {
      // How they are read has nothing to do with the database: one of each kind is enough on the other.
      const seen = new Set<string>()
      const isFirst = ([, outcome, { suppressed }]: (typeof SAMPLES)[number]) => {
        const kind = `${outcome} ${suppressed}`
        return !seen.has(kind) && Boolean(seen.add(kind))
      }
      const samples = database === 'SQLite' ? SAMPLES : SAMPLES.filter(isFirst)
      for (const [sample, outcome, standing] of samples) {
        const address = `${sample}@example.com`
        const mail = await world.mailTo(address)
        expect.soft(await take(sample, mail), sample).toBe(outcome)
        expect.soft(await world.standing(address), sample).toEqual(standing)
      }
    })

    it('keeps the address and what the server said with the suppression', async () => {
      const mail = await world.mailTo(ANN)
      await take('sendmail-unknown', mail)
      expect(await world.suppressionOf(ANN)).toMatchObject({
        address: ANN,
        reason: 'bounce',
        detail: `550 5.1.1 <${ANN}>... User unknown`,
        at: world.clock.now(),
      })
    })

    it('counts once, however often and by whichever way it is told', async () => {
      const mail = await world.mailTo(ANN)
      expect(await take('postfix-user-unknown', mail)).toBe('taken')
      expect(await take('postfix-user-unknown', mail)).toBe('duplicate')
      expect(await take('gmail-not-found', mail)).toBe('duplicate')
      expect(await world.eventsOf(mail.customerId, 'Email Bounced')).toHaveLength(1)
    })

    it('is told of as what it is where the fault is ours, and suppresses nobody', async () => {
      const mail = await world.mailTo(ANN)
      await take('office365-blocked', mail)
      const [event] = await world.eventsOf(mail.customerId, 'Email Bounced')
      expect(event?.['properties']).toMatchObject({
        message: mail.id,
        address: ANN,
        permanent: false,
        class: 'blocked',
        response: '550 5.7.606 Access denied, banned sending IP [192.0.2.25]',
      })
    })

    it('gives an address up that takes nothing on several days', async () => {
      const settings = { method: 'PATCH', body: JSON.stringify({ softBounceDays: 3 }) }
      expect(await world.request('/api/settings', settings)).toMatchObject({ softBounceDays: 3 })
      for (const [day, expected] of [FREE, FREE, BOUNCED].entries()) {
        const mail = await world.mailTo(ANN)
        await take('postfix-mailbox-full', mail)
        expect(await world.standing(ANN), `day ${day}`).toEqual(expected)
        world.clock.set(world.clock.now() + DAY)
      }
      expect((await world.suppressionOf(ANN))?.detail).toBe('552 5.2.2 Mailbox full')
    })

    describe('forged', () => {
      const nothing = async () => {
        expect(await world.standing(ANN)).toEqual(FREE)
        expect(await world.standing(BOB)).toEqual(FREE)
      }

      it('without a token and without the id of a mail it suppresses nobody', async () => {
        await world.mailTo(ANN)
        const forged = { RECIPIENT: ANN, BOUNCE: 'news@shop.example', MESSAGE_ID: 'x@y', UNSUBSCRIBE: 'x.y' }
        for (const sample of ['postfix-user-unknown', 'arf-abuse', 'gmail-not-found'])
          expect(await take(sample, forged)).toBe('unread')
        expect((await world.standing(ANN)).suppressed).toBeNull()
        expect((await world.reports()).map(({ reason }) => reason)).toEqual(
          Array.from({ length: 3 }, () => 'it is about no mail that was sent from here'),
        )
      })

      it('with a token that is not ours it suppresses nobody', async () => {
        const mail = await world.mailTo(ANN)
        const [local = '', domain = ''] = mail.BOUNCE.split('@')
        for (const place of [2, 20, local.length - 1]) {
          const other = local[place] === 'a' ? 'b' : 'a'
          const BOUNCE = `${local.slice(0, place)}${other}${local.slice(place + 1)}@${domain}`
          expect(await take('only-envelope', { ...mail, BOUNCE })).toBe('unread')
        }
        expect(await world.standing(ANN)).toEqual(FREE)
      })

      it('with one’s own token it says nothing of somebody else’s address', async () => {
        const mail = await world.mailTo(ANN)
        await world.mailTo(BOB)
        expect(await take('postfix-user-unknown', { ...mail, RECIPIENT: BOB })).toBe('taken')
        await nothing()
        const [event] = await world.eventsOf(mail.customerId, 'Email Bounced')
        expect(event?.['properties']).toMatchObject({ address: ANN, class: 'soft', permanent: false })
        const theirs = await world.mailTo(BOB)
        expect(await world.eventsOf(theirs.customerId, 'Email Bounced')).toEqual([])
      })

      it('by the unsubscribe link alone, which goes with a mail that is forwarded, it closes no mailbox', async () => {
        const { UNSUBSCRIBE } = await world.mailTo(ANN)
        const forged = {
          RECIPIENT: 'mallory@evil.example',
          BOUNCE: 'news@shop.example',
          MESSAGE_ID: 'x@y',
          UNSUBSCRIBE,
        }
        expect(await take('postfix-user-unknown', forged)).toBe('unread')
        expect(await world.standing(ANN)).toEqual(FREE)
        expect(await world.reports()).toMatchObject([
          { reason: expect.stringContaining('unsubscribe link alone') as string },
        ])
        // It names her nowhere, and is about her all the same.
        await world.post('/api/erasures', { email: ANN })
        expect(await world.reports()).toEqual([])
        expect(await take('postfix-user-unknown', forged)).toBe('ignored')
      })

      it('of a mail that has never left it suppresses nobody', async () => {
        const mail = await world.mailTo(ANN, { isQueued: true })
        await take('postfix-user-unknown', mail)
        await take('arf-abuse', mail)
        expect(await world.standing(ANN)).toEqual(FREE)
      })
    })

    it('leaves nothing of who was erased', async () => {
      const mail = await world.mailTo(ANN)
      await take('qmail-like', mail)
      await world.post('/api/erasures', { email: ANN })
      expect(await world.reports()).toEqual([])
      for (const sample of ['postfix-user-unknown', 'arf-abuse', 'qmail-like'])
        expect(await take(sample, mail), sample).toBe('ignored')
      expect(await world.reports()).toEqual([])
    })

    it('stays against the address of who was erased, as no more than a hash', async () => {
      const mail = await world.mailTo(ANN)
      await take('postfix-user-unknown', mail)
      await world.post('/api/erasures', { email: ANN })
      expect(await world.suppressionOf(ANN)).toMatchObject({ reason: 'bounce', address: null, detail: null })
    })

    it('is kept of what could not be read a thousand times, and then the oldest goes', async () => {
      const { store, workspaceId } = world
      const keep = (of: string, id: string, at: number) =>
        store.write((tx) => insertReport(tx, of, { id, at, via: 'test', reason: 'none', excerpt: id }))
      const kept = (of: string) =>
        store.read(async (tx) =>
          (await pageOfReports(tx, of, { after: undefined, limit: 2_000 })).map(({ id }) => id),
        )
      const idOf = (place: number) => `report-${String(place).padStart(4, '0')}`
      await keep('another', 'theirs', 0)
      await store.write(async (tx) => {
        // Told in any order, and two of them in one instant.
        const rows = Array.from({ length: 1_000 }, (_, place) => ({
          workspaceId,
          id: idOf(place),
          at: Math.max(place, 1),
          via: 'test',
          reason: 'none',
          excerpt: '',
        }))
        await insertRows(tx, tx.tables.reports, rows.toReversed())
      })
      expect(await kept(workspaceId)).toHaveLength(1_000)
      await keep(workspaceId, idOf(1_000), 1_000)
      const thousand = Array.from({ length: 1_000 }, (_, place) => idOf(1_000 - place))
      expect(await kept(workspaceId)).toEqual(thousand)
      // What is older than all of them is not kept at all, nor does what is told again take another one's place.
      await keep(workspaceId, 'old', 0)
      await keep(workspaceId, idOf(1_000), 1_000)
      expect(await kept(workspaceId)).toEqual(thousand)
      expect(await kept('another')).toEqual(['theirs'])
    })

    it('says nothing of somebody else to whom a mail went on', async () => {
      const mail = await world.mailTo(ANN)
      const raw = readSample('forwarded-elsewhere', mail)
        .toString()
        .replace(
          'smtp; 550 5.1.1 unknown',
          `smtp; 550 5.1.1 <Carol@forward.example>: carol@forward.example, who was ${ANN}. unknown`,
        )
      await world.ciclo.feedback.takeMail(Buffer.from(raw), { via: 'test', recipients: [] })
      const [event] = await world.eventsOf(mail.customerId, 'Email Bounced')
      expect(event?.['properties']).toMatchObject({
        class: 'soft',
        response: `550 5.1.1 <…@…>: …@…, who was ${ANN}. unknown`,
      })
    })

    it('is kept whatever is the reason that nothing was made of it', async () => {
      const reason = 'what\u0000 acts\u001b[2J on nothing \ud800'
      await world.ciclo.feedback.keepUnread(Buffer.from('a mail'), { via: 'test', reason })
      expect(await world.reports()).toMatchObject([{ reason: 'what acts[2J on nothing \ufffd' }])
    })

    it('is shown where it could not be read, without what acts on a terminal, until somebody forgets it', async () => {
      const mail = await world.mailTo(ANN)
      await take('qmail-like', { ...mail, RECIPIENT: `${ANN}\u0000\u001b[2J` })
      await take('qmail-like', mail)
      await take('qmail-like', mail)
      const reports = await world.reports()
      expect(reports).toHaveLength(2)
      expect(reports[0]?.excerpt).toContain('qmail-send program')
      for (const { excerpt } of reports) expect(excerpt).not.toMatch(/[^\P{Cc}\n\t]/u)
      const path = `/api/feedback/reports/${reports[0]?.id}`
      await world.request(path, { method: 'DELETE' })
      expect(await world.reports()).toHaveLength(1)
      expect(await world.request(path, { method: 'DELETE' })).toMatchObject({ status: 404 })
    })
  })
}
