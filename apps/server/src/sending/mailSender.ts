import type { Purpose } from '@ciclo/engine'
import { z } from 'zod'
import type { MailAddress } from '../config.ts'

/** How much a sender may send, besides what each customer gets. */
export const SenderLimitsSchema = z.object({
  /**
   * A new domain or address is made known slowly: on its first day so many mails, each next day `growth` times as many,
   * until `until` are reached.
   */
  warmUp: z
    .object({
      startedAt: z.int(),
      first: z.int().positive().max(1_000_000).default(50),
      growth: z.number().gt(1).max(10).default(2),
      until: z.int().positive().max(10_000_000).default(50_000),
    })
    .nullable()
    .default(null),
  /** Mails in an hour to one mailbox provider, by the domain of the address; `*` of each other one. */
  perHour: z.record(z.string().min(1).max(253), z.int().positive()).default({}),
})

export type SenderLimits = z.infer<typeof SenderLimitsSchema>

/** Who mails of a purpose come from, and how they go: what the workspace has set up, or the installation's own. */
export interface MailSender {
  workspaceId: string
  /** The sender's id; the purpose where the workspace has named no sender. */
  id: string
  purpose: Purpose
  from: MailAddress
  replyTo: string | null
  /** A nodemailer URL. */
  smtpUrl: string
  /** By which key mails are signed here; null where the server signs. */
  dkim: { domain: string; selector: string; privateKey: string } | null
  /** What its provider wants to be told with each mail, such as the name of its stream. */
  headers: Readonly<Record<string, string>>
  /** Where mail comes back to; null: to the from address. */
  bounceDomain: string | null
  limits: SenderLimits
  /** Why nothing goes out by it until somebody lets it go on; null where it does. */
  stopped: string | null
}
