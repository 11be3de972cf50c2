import { normaliseEmail } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { changeSender, domainOf, SelectorSchema } from '../sending/changeSender.ts'
import { checkSender } from '../sending/checkSender.ts'
import { createSeal } from '../sending/createSeal.ts'
import { makeDkimKey } from '../sending/dkimKeys.ts'
import type { MailSender } from '../sending/mailSender.ts'
import type { Dns } from '../sending/records/dns.ts'
import { removeSender, resumeSender, stopSender, takeLive } from '../sending/senderLife.ts'
import type { Senders } from '../sending/senders.ts'
import type { SendTest } from '../sending/sendTest.ts'
import { writtenTest } from '../sending/writtenTest.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { reachMilestone } from '../store/queries/milestones.ts'
import { lockSender, readSenders, saveSender, type SenderRow } from '../store/queries/senders.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf, secretBodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { presentSenders } from './presentSender.ts'
import {
  DeletedSenderSchema,
  DkimRequestSchema,
  LiveRequestSchema,
  SenderChangeSchema,
  SenderIdSchema,
  SenderSchema,
  SendersSchema,
  StopRequestSchema,
  TestAnswerSchema,
  TestRequestSchema,
} from './senderSchemas.ts'

const describe = describer('senders', 'There is no such sender')

export interface SenderRoutesOptions {
  store: Store
  secret: string
  senders: Senders
  sendTest: SendTest
  dns: Dns
  hash: (workspaceId: string, address: string) => string
  now: () => number
  newId: () => string
  /** Mails that waited may go. */
  onReleased: () => void
}

const addressOf = (given: string): string => {
  const address = normaliseEmail(given)
  if (address === undefined)
    throw new CicloError(
      'bad-request',
      `to: given "${given}", expected one address, such as you@shop.example`,
    )
  return address
}

/** Throws where a sender cannot be used at all: what is sealed of it was sealed with another secret. */
const readable = ({ id, smtpUrl, stopped }: MailSender) => {
  if (smtpUrl === '' || stopped?.startsWith('unreadable'))
    throw new CicloError('conflict', `${id} is ${stopped ?? 'without a server'}`)
}

/** Who mails come from and by which server: set up, checked, tried, taken live, stopped and let go on. */
export function createSenderRoutes(options: SenderRoutesOptions) {
  const { store, secret, senders, sendTest, dns, hash, now, newId, onReleased } = options
  const seal = createSeal(secret)

  const auditing =
    (context: Context<ApiEnvironment>, subject: string | null = null) =>
    (action: string, details: Record<string, unknown>) =>
      auditEntry(context, { now, newId }, { action, subject, details })
  const shellOf = (context: Context<ApiEnvironment>) => ({ store, now: now(), auditOf: auditing(context) })

  const shown = async (workspaceId: string, id: string) => {
    const all = await store.read((tx) => presentSenders(tx, workspaceId, { senders, now: now() }))
    const sender = all.find((one) => one.id === id)
    if (!sender) throw new CicloError('not-found', `There is no sender ${id}`)
    return sender
  }

  /** A sender as it is set up, and as mails go by it: also the installation's own. */
  const found = async (
    workspaceId: string,
    id: string,
  ): Promise<{ row: SenderRow | undefined; sender: MailSender }> => {
    const known = await store.read(async (tx) => {
      const row = (await readSenders(tx, workspaceId)).find((one) => one.id === id)
      if (row) return { row, sender: senders.toMailSender(row) }
      if (id !== 'marketing' && id !== 'transactional') return undefined
      const sender = await senders.senderOf(tx, workspaceId, id, null)
      return sender.id === id ? { row, sender } : undefined
    })
    if (!known) throw new CicloError('not-found', `There is no sender ${id}`)
    return known
  }
  /** Writes down what was found out of a sender, unless it was changed meanwhile. */
  const note = async (
    { workspaceId, id, updatedAt }: SenderRow,
    facts: Partial<Pick<SenderRow, 'check' | 'testedAt'>>,
  ): Promise<SenderRow> =>
    await store.write(async (tx) => {
      const row = await lockSender(tx, workspaceId, id)
      if (!row || row.updatedAt !== updatedAt)
        throw new CicloError('conflict', `${id} was changed meanwhile: ask again`)
      await saveSender(tx, { ...row, ...facts }, now())
      return (await lockSender(tx, workspaceId, id)) ?? row
    })

  const tryOut = async (context: Context<ApiEnvironment>, id: string, to: string) => {
    const workspaceId = context.get('workspaceId')
    const { row, sender } = await found(workspaceId, id)
    readable(sender)
    const answer = await sendTest(sender, writtenTest(sender, to))
    if (answer.taken && row) await note(row, { testedAt: now() })
    // Servers repeat whom it was for: of what they say no more is kept than its code (RFC 3463).
    const code = /^\s*\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(answer.response)?.[1]
    const details = { sender: id, taken: answer.taken, ...(code === undefined ? {} : { code }) }
    await store.write(async (tx) => {
      if (answer.taken) await reachMilestone(tx, workspaceId, 'test-mail', now())
      await insertAudit(tx, workspaceId, [auditing(context, hash(workspaceId, to))('sender.tested', details)])
    })
    return answer
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Every sender, and what mails go by where there is none', SendersSchema),
      async (context) =>
        context.json({
          senders: await store.read((tx) =>
            presentSenders(tx, context.get('workspaceId'), { senders, now: now() }),
          ),
        }),
    )
    .get('/:id', describe('One sender, without what is secret of it', SenderSchema), async (context) =>
      context.json(await shown(context.get('workspaceId'), context.req.param('id'))),
    )
    .put(
      '/:id',
      describe(
        'Sets up a sender, or changes what is named; a password or key that is left out stays',
        SenderSchema,
        SenderChangeSchema,
      ),
      async (context) => {
        const id = expectValid(SenderIdSchema, context.req.param('id'), 'id')
        const workspaceId = context.get('workspaceId')
        const change = await secretBodyOf(context, SenderChangeSchema)
        await store.write(async (tx) => {
          const before = await lockSender(tx, workspaceId, id)
          const row = changeSender(before, change, { workspaceId, id, now: now(), seal })
          await saveSender(tx, row, now())
          // What was changed, never to what: a password or key may be among it.
          const details = { sender: id, changed: Object.keys(change) }
          await insertAudit(tx, workspaceId, [auditing(context)('sender.saved', details)])
        })
        return context.json(await shown(workspaceId, id))
      },
    )
    .delete('/:id', describe('Forgets a sender that is not live', DeletedSenderSchema), async (context) => {
      const id = context.req.param('id')
      await removeSender(shellOf(context), { workspaceId: context.get('workspaceId'), id })
      return context.json({ deleted: id })
    })
    .post(
      '/:id/dkim',
      describe(
        'Makes a key for DKIM, which takes the place of any other; says what to publish',
        SenderSchema,
        DkimRequestSchema,
      ),
      async (context) => {
        const id = context.req.param('id')
        const workspaceId = context.get('workspaceId')
        const request = await bodyOf(context, DkimRequestSchema, { mayBeEmpty: true })
        const { row, sender } = await found(workspaceId, id)
        if (!row) throw new CicloError('not-found', `There is no sender ${id}: set it up first`)
        // A new key under a new name: under the old one receivers may still remember the old key.
        const usual = `ciclo-${new Date(now()).toISOString().slice(0, 10).replaceAll('-', '')}-${newId().slice(-4)}`
        const selector = expectValid(SelectorSchema, request.selector ?? usual, 'selector')
        const privateKey = await makeDkimKey(request.kind)
        const domain = row.dkim?.domain ?? domainOf(sender.from.address)
        await store.write(async (tx) => {
          const before = await lockSender(tx, workspaceId, id)
          const change = { dkim: { domain, selector, privateKey } }
          await saveSender(tx, changeSender(before, change, { workspaceId, id, now: now(), seal }), now())
          const details = { sender: id, domain, selector, kind: request.kind }
          await insertAudit(tx, workspaceId, [auditing(context)('sender.dkim-made', details)])
        })
        return context.json(await shown(workspaceId, id))
      },
    )
    .post(
      '/:id/check',
      describe('Looks up SPF, DKIM, DMARC, MX and PTR: what was seen, and what to set', SenderSchema),
      async (context) => {
        const id = context.req.param('id')
        const workspaceId = context.get('workspaceId')
        const { row, sender } = await found(workspaceId, id)
        readable(sender)
        const check = await checkSender(dns, row ?? { preset: 'smtp', dkim: null }, sender, now())
        if (row) await note(row, { check: { ...check } })
        const answer = await shown(workspaceId, id)
        return context.json({ ...answer, check: { ...check, at: new Date(check.at).toISOString() } })
      },
    )
    .post(
      '/:id/test',
      describe('Sends a test mail by it, and says what its server said', TestAnswerSchema, TestRequestSchema),
      async (context) => {
        const { to } = await bodyOf(context, TestRequestSchema)
        return context.json(await tryOut(context, context.req.param('id'), addressOf(to)))
      },
    )
    .post(
      '/:id/live',
      describe(
        'Lets mails go by it, once its records are right and its server has taken a test mail',
        SenderSchema,
        LiveRequestSchema,
      ),
      async (context) => {
        const id = context.req.param('id')
        const workspaceId = context.get('workspaceId')
        const { main, testTo, force, reason } = await bodyOf(context, LiveRequestSchema, { mayBeEmpty: true })
        if (force && reason === undefined)
          throw new CicloError('bad-request', 'reason: given nothing, expected why its records do not matter')
        if (testTo !== undefined) {
          const { taken, response } = await tryOut(context, id, addressOf(testTo))
          if (!taken)
            throw new CicloError('conflict', `${id} is not live: its server refused the test: ${response}`)
        }
        const { row, sender } = await found(workspaceId, id)
        if (!row) throw new CicloError('not-found', `There is no sender ${id}: set it up first`)
        readable(sender)
        if (row.testedAt === null)
          throw new CicloError(
            'conflict',
            `${id} is not live: send a test mail by it first, as it is set up now`,
          )
        const check = await checkSender(dns, row, sender, now())
        await takeLive(shellOf(context), row, {
          check,
          isMain: main,
          reason: force ? (reason ?? null) : null,
        })
        onReleased()
        return context.json(await shown(workspaceId, id))
      },
    )
    .post(
      '/:id/stop',
      describe('Keeps back all mails of a live sender', SenderSchema, StopRequestSchema),
      async (context) => {
        const id = context.req.param('id')
        const workspaceId = context.get('workspaceId')
        const { reason } = await bodyOf(context, StopRequestSchema, { mayBeEmpty: true })
        const told = reason === undefined ? 'by hand' : `by hand: ${reason}`
        await stopSender(shellOf(context), { workspaceId, id, reason: told })
        return context.json(await shown(workspaceId, id))
      },
    )
    .post(
      '/:id/resume',
      describe('Lets the mails of a stopped sender go on', SenderSchema),
      async (context) => {
        const id = context.req.param('id')
        const workspaceId = context.get('workspaceId')
        await resumeSender(shellOf(context), { workspaceId, id })
        onReleased()
        return context.json(await shown(workspaceId, id))
      },
    )
}
