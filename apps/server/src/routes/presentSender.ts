import { DAY, HOUR, hourOf, warmUpDay, type Purpose } from '@ciclo/engine'
import { iso, isoOrNull } from './iso.ts'
import type { ShownSender } from './senderSchemas.ts'
import { sumSendingCounts } from '../store/queries/sendingCounts.ts'
import { readSenders, type SenderRow } from '../store/queries/senders.ts'
import type { ReadTx } from '../store/store.ts'
import type { SenderCheck } from '../sending/checkSender.ts'
import { dkimRecordOf } from '../sending/dkimKeys.ts'
import type { MailSender } from '../sending/mailSender.ts'
import { shownServer } from '../sending/presets.ts'
import type { Senders } from '../sending/senders.ts'

const PURPOSES: readonly Purpose[] = ['transactional', 'marketing']

const shownCheck = (check: SenderCheck): ShownSender['check'] => ({ ...check, at: iso(check.at) })

/** A sender as people may see it: nothing of it is secret. */
async function presentSender(
  tx: ReadTx,
  row: SenderRow | undefined,
  sender: MailSender,
  now: number,
): Promise<ShownSender> {
  const { workspaceId, id, dkim } = sender
  const day = sender.limits.warmUp && warmUpDay(sender.limits.warmUp, now)
  const sumSince = (since: number) => sumSendingCounts(tx, workspaceId, { senderId: id, since })
  return {
    id,
    purpose: sender.purpose,
    status: row?.status ?? 'live',
    isMain: row?.isMain ?? true,
    isInstallation: row === undefined,
    from: sender.from,
    replyTo: sender.replyTo,
    server:
      (row?.smtp ?? null) === null || sender.smtpUrl === ''
        ? null
        : { preset: row?.preset ?? 'smtp', ...shownServer(sender.smtpUrl) },
    headers: { ...sender.headers },
    dkim: row?.dkim
      ? {
          ...row.dkim,
          signedBy: row.dkimKey === null ? 'server' : 'ciclo',
          record: dkim && { type: 'TXT', ...dkimRecordOf(dkim, dkim.privateKey) },
        }
      : null,
    bounceDomain: sender.bounceDomain,
    limits: sender.limits,
    reason: sender.stopped,
    stoppedAt: isoOrNull(row?.stoppedAt ?? null),
    testedAt: isoOrNull(row?.testedAt ?? null),
    check: row?.check ? shownCheck(row.check as unknown as SenderCheck) : null,
    day: await sumSince(hourOf(now) - DAY + HOUR),
    warmUp: day && { mails: day.mails, sent: (await sumSince(day.from)).sent, until: iso(day.to) },
  }
}

/** Every sender of a workspace, and for a purpose that has no main one what its mails go by instead. */
export async function presentSenders(
  tx: ReadTx,
  workspaceId: string,
  { senders, now }: { senders: Senders; now: number },
): Promise<ShownSender[]> {
  const rows = await readSenders(tx, workspaceId)
  const shown: ShownSender[] = []
  for (const purpose of PURPOSES) {
    if (rows.some((row) => row.purpose === purpose && row.isMain && row.status !== 'draft')) continue
    const sender = await senders.senderOf(tx, workspaceId, purpose, null)
    if (!rows.some(({ id }) => id === sender.id)) shown.push(await presentSender(tx, undefined, sender, now))
  }
  for (const row of rows) shown.push(await presentSender(tx, row, senders.toMailSender(row), now))
  return shown.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}
