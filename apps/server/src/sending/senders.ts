import type { Purpose } from '@ciclo/engine'
import type { MailAddress } from '../config.ts'
import { readSenders, type SenderRow } from '../store/queries/senders.ts'
import type { ReadTx } from '../store/store.ts'
import { SenderLimitsSchema, type MailSender } from './mailSender.ts'
import { createSeal } from './createSeal.ts'

export interface SendersOptions {
  /** Of the installation: what seals the senders' own. */
  secret: string
  /** The installation's server, a nodemailer URL, and its address: those of a workspace that has set up nothing. */
  smtpUrl: string
  from: () => MailAddress
}

export interface Senders {
  /**
   * Who a mail comes from, and how it goes: the sender that it names, where that is one of its purpose and not a draft;
   * else the main one of the purpose; else the installation's own server and address, whose id is the purpose.
   * However often a transaction asks, a workspace's senders are read once.
   */
  senderOf(tx: ReadTx, workspaceId: string, purpose: Purpose, wantedId: string | null): Promise<MailSender>
  /** What a row says, as mails go by it; also of a draft. */
  toMailSender(row: SenderRow): MailSender
}

const UNREADABLE = 'unreadable: it was set up with another CICLO_SECRET; set its password and key anew'

/** What of a sender is sealed, and for where: nowhere else can it be opened. */
export const sealedPlace = (workspaceId: string, id: string, field: 'smtp' | 'dkim') =>
  `sender\n${field}\n${workspaceId}\n${id}`

export function createSenders({ secret, smtpUrl, from }: SendersOptions): Senders {
  const seal = createSeal(secret)
  const known = new WeakMap<ReadTx, Map<string, Promise<MailSender[]>>>()
  const mains = new WeakSet<MailSender>()

  const toMailSender = (row: SenderRow): MailSender => {
    const { workspaceId, id } = row
    const opened = (sealed: string | null, field: 'smtp' | 'dkim') =>
      sealed === null ? null : seal.open(sealed, sealedPlace(workspaceId, id, field))
    const ownSmtp = opened(row.smtp, 'smtp')
    const privateKey = opened(row.dkimKey, 'dkim')
    const isReadable = ownSmtp !== undefined && privateKey !== undefined
    const installed = from()
    return {
      workspaceId,
      id,
      purpose: row.purpose,
      from:
        row.fromAddress === null
          ? { name: row.fromName || installed.name, address: installed.address }
          : { name: row.fromName, address: row.fromAddress },
      replyTo: row.replyTo,
      // By no other server than its own.
      smtpUrl: ownSmtp === undefined ? '' : (ownSmtp ?? smtpUrl),
      dkim: row.dkim && privateKey ? { ...row.dkim, privateKey } : null,
      headers: row.headers,
      bounceDomain: row.bounceDomain,
      limits: SenderLimitsSchema.parse(row.limits),
      stopped: isReadable ? (row.status === 'stopped' ? (row.reason ?? 'by hand') : null) : UNREADABLE,
    }
  }

  const usable = async (tx: ReadTx, workspaceId: string): Promise<MailSender[]> => {
    const rows = await readSenders(tx, workspaceId)
    return rows.flatMap((row) => {
      if (row.status === 'draft') return []
      const sender = toMailSender(row)
      if (row.isMain) mains.add(sender)
      return [sender]
    })
  }

  return {
    toMailSender,
    senderOf: async (tx, workspaceId, purpose, wantedId) => {
      const byWorkspace = known.get(tx) ?? new Map<string, Promise<MailSender[]>>()
      known.set(tx, byWorkspace)
      const reading = byWorkspace.get(workspaceId) ?? usable(tx, workspaceId)
      byWorkspace.set(workspaceId, reading)
      const senders = (await reading).filter((sender) => sender.purpose === purpose)
      const chosen = senders.find(({ id }) => id === wantedId) ?? senders.find((sender) => mains.has(sender))
      return (
        chosen ?? {
          workspaceId,
          id: purpose,
          purpose,
          from: from(),
          replyTo: null,
          smtpUrl,
          dkim: null,
          headers: {},
          bounceDomain: null,
          limits: { warmUp: null, perHour: {} },
          stopped: null,
        }
      )
    },
  }
}
