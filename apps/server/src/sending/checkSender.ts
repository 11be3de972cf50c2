import { dkimRecordOf } from './dkimKeys.ts'
import type { MailSender } from './mailSender.ts'
import { presetOfHost, PRESETS, shownServer, type PresetId } from './presets.ts'
import { checkRecords } from './records/checkRecords.ts'
import type { Dns } from './records/dns.ts'
import type { RecordFinding } from './records/recordFinding.ts'
import type { SenderRow } from '../store/queries/senders.ts'
import { domainOf } from './changeSender.ts'

/** What was looked up of a sender, when, and whether anything keeps it from going live. */
export interface SenderCheck {
  at: number
  ok: boolean
  records: RecordFinding[]
}

/** Looks up what receivers look up of a sender. Changes nothing. */
export async function checkSender(
  dns: Dns,
  row: Pick<SenderRow, 'preset' | 'dkim'>,
  sender: MailSender,
  at: number,
): Promise<SenderCheck> {
  const { host, user } = shownServer(sender.smtpUrl)
  const records = await checkRecords(dns, {
    from: domainOf(sender.from.address),
    bounceDomain: sender.bounceDomain,
    host,
    user,
    // The installation's server may be a provider's, too.
    preset: PRESETS[row.preset === 'smtp' ? presetOfHost(host) : (row.preset as PresetId)],
    dkim: row.dkim,
    dkimRecord: sender.dkim && dkimRecordOf(sender.dkim, sender.dkim.privateKey),
  })
  return { at, ok: !records.some(({ blocks }) => blocks), records }
}
