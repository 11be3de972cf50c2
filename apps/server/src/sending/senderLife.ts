import { hourOf, type Purpose } from '@ciclo/engine'
import { CicloError } from '../errors.ts'
import { insertAudit, type AuditEntry } from '../store/queries/audit.ts'
import { releaseStoppedMessages } from '../store/queries/messages.ts'
import {
  deleteSender,
  demoteSenders,
  lockSender,
  readSenders,
  saveSender,
  type SenderRow,
} from '../store/queries/senders.ts'
import { dateBackReports } from '../store/queries/sendingCounts.ts'
import type { Store, Tx } from '../store/store.ts'
import type { SenderCheck } from './checkSender.ts'
import { newSenderRow } from './newSenderRow.ts'

/** Says who did it: the audit entry of what happened to a sender. */
export type AuditOf = (action: string, details: Record<string, unknown>) => AuditEntry

interface Shell {
  store: Store
  now: number
  auditOf: AuditOf
}

const RELEASED_AT_ONCE = 1_000

async function found(tx: Tx, workspaceId: string, id: string): Promise<SenderRow> {
  const row = await lockSender(tx, workspaceId, id)
  if (!row) throw new CicloError('not-found', `There is no sender ${id}`)
  return row
}

const conflict = (message: string, problems?: readonly object[]) =>
  new CicloError('conflict', message, problems ? { problems } : {})

/** What waited for the stream is looked at again, in portions. */
async function release(store: Store, workspaceId: string, purpose: Purpose, now: number): Promise<void> {
  const wanted = { purpose, dueAt: now, limit: RELEASED_AT_ONCE }
  for (let more = true; more;)
    more = (await store.write((tx) => releaseStoppedMessages(tx, workspaceId, wanted))) === RELEASED_AT_ONCE
}

/** What came back before a stream goes on is no reason to stop it again: what comes back from now on is. */
const forgive = async (tx: Tx, { workspaceId, id }: SenderRow, now: number) =>
  await dateBackReports(tx, workspaceId, { senderId: id, hour: hourOf(now) })

/**
 * Lets mails go by a sender that was checked and has handed over a test mail.
 *
 * @param seen the sender as it was checked: what was changed meanwhile is not taken live
 */
export async function takeLive(
  { store, now, auditOf }: Shell,
  seen: SenderRow,
  { check, isMain, reason }: { check: SenderCheck; isMain: boolean | undefined; reason: string | null },
): Promise<void> {
  const { workspaceId, id } = seen
  const blocking = check.records.filter(({ blocks }) => blocks)
  if (blocking.length > 0 && reason === null)
    throw conflict(
      `${id} is not live: ${blocking.map(({ check: name, found: what }) => `${name}: ${what}`).join('; ')}. Mend that, or insist with a reason`,
      blocking,
    )
  await store.write(async (tx) => {
    const row = await found(tx, workspaceId, id)
    if (row.updatedAt !== seen.updatedAt) throw conflict(`${id} was changed meanwhile: check it again`)
    const hasMain = (await readSenders(tx, workspaceId)).some(
      (other) => other.isMain && other.purpose === row.purpose && other.status !== 'draft',
    )
    const becomesMain = isMain ?? (row.isMain || !hasMain)
    if (becomesMain) await demoteSenders(tx, workspaceId, row.purpose)
    if (row.stoppedAt !== null) await forgive(tx, row, now)
    await saveSender(
      tx,
      {
        ...row,
        status: 'live',
        isMain: becomesMain,
        check: { ...check },
        reason: null,
        stoppedAt: null,
        resumedAt: row.stoppedAt === null ? row.resumedAt : now,
      },
      now,
    )
    const details = { sender: id, main: becomesMain, forced: reason }
    await insertAudit(tx, workspaceId, [auditOf('sender.live', details)])
  })
  await release(store, workspaceId, seen.purpose, now)
}

/** Keeps back all mails of a sender. The installation's own is stopped under the name of its purpose. */
export async function stopSender(
  { store, now, auditOf }: Shell,
  { workspaceId, id, reason }: { workspaceId: string; id: string; reason: string },
): Promise<void> {
  await store.write(async (tx) => {
    const isPurpose = id === 'marketing' || id === 'transactional'
    const hasMain = (await readSenders(tx, workspaceId)).some(
      (other) => other.isMain && other.purpose === id && other.status !== 'draft',
    )
    const known = await lockSender(tx, workspaceId, id)
    const isInstallation = !known && isPurpose && !hasMain
    const row = isInstallation
      ? { ...newSenderRow({ workspaceId, id, purpose: id, now }), status: 'live' as const, isMain: true }
      : await found(tx, workspaceId, id)
    if (row.status !== 'live') throw conflict(`${id} is ${row.status}, expected live`)
    await saveSender(tx, { ...row, status: 'stopped', reason, stoppedAt: now }, now)
    await insertAudit(tx, workspaceId, [auditOf('sender.stopped', { sender: id, reason })])
  })
}

/** Lets the mails of a stopped sender go on, as it was when it was stopped. */
export async function resumeSender(
  { store, now, auditOf }: Shell,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  const purpose = await store.write(async (tx) => {
    const row = await found(tx, workspaceId, id)
    if (row.status !== 'stopped') throw conflict(`${id} is ${row.status}, expected stopped`)
    const isInstallation = row.smtp === null && row.fromAddress === null
    if (row.testedAt === null && !isInstallation)
      throw conflict(`${id} was changed since it was stopped: test it and take it live`)
    await forgive(tx, row, now)
    await saveSender(
      tx,
      {
        ...row,
        status: 'live',
        reason: null,
        stoppedAt: null,
        resumedAt: now,
      },
      now,
    )
    const details = { sender: id, stopped: row.reason }
    await insertAudit(tx, workspaceId, [auditOf('sender.resumed', details)])
    return row.purpose
  })
  await release(store, workspaceId, purpose, now)
}

/** Forgets a sender through which nothing goes. */
export async function removeSender(
  { store, auditOf }: Shell,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  await store.write(async (tx) => {
    const row = await found(tx, workspaceId, id)
    if (row.status === 'live') throw conflict(`${id} is live: stop it first`)
    await deleteSender(tx, workspaceId, id)
    await insertAudit(tx, workspaceId, [auditOf('sender.deleted', { sender: id })])
  })
}
