import { z } from 'zod'
import { SenderChangeSchema } from '../sending/changeSender.ts'
import { SenderLimitsSchema } from '../sending/mailSender.ts'

const time = z.iso.datetime().nullable()

const RecordToSetSchema = z.object({
  type: z.enum(['TXT', 'MX', 'CNAME', 'PTR']),
  name: z.string(),
  value: z.string(),
})

/** What receivers look up of a sender. */
const CheckSchema = z.object({
  at: z.iso.datetime(),
  /** Nothing keeps the sender from going live. */
  ok: z.boolean(),
  records: z.array(
    z.object({
      check: z.enum(['spf', 'dkim', 'dmarc', 'mx', 'bounces', 'ptr']),
      status: z.enum(['ok', 'warn', 'fail']),
      /** The sender does not go live like this, unless somebody insists. */
      blocks: z.boolean(),
      lookedUp: z.array(z.string()),
      seen: z.array(z.string()),
      found: z.string(),
      advice: z.string().optional(),
      /** What to publish, where that is known to the letter. */
      set: RecordToSetSchema.optional(),
    }),
  ),
})

const figure = z.int()

export const SenderSchema = z.object({
  id: z.string(),
  purpose: z.enum(['marketing', 'transactional']),
  /** Nothing goes by a draft; the mails of a stopped one wait. */
  status: z.enum(['draft', 'live', 'stopped']),
  /** All mails of its purpose go by it that name no other sender. */
  isMain: z.boolean(),
  /** Nobody has set it up: it is the installation's own server and address. */
  isInstallation: z.boolean(),
  from: z.object({ name: z.string(), address: z.string() }),
  replyTo: z.string().nullable(),
  /** A password is never shown. Null: the installation's own. */
  server: z
    .object({
      preset: z.string(),
      host: z.string(),
      port: z.int(),
      tls: z.enum(['implicit', 'required', 'offered', 'none']),
      user: z.string().nullable(),
    })
    .nullable(),
  headers: z.record(z.string(), z.string()),
  /** The private key is never shown; `record` is what to publish of it. */
  dkim: z
    .object({
      domain: z.string(),
      selector: z.string(),
      signedBy: z.enum(['ciclo', 'server']),
      record: RecordToSetSchema.nullable(),
    })
    .nullable(),
  bounceDomain: z.string().nullable(),
  limits: SenderLimitsSchema,
  /** Why it was stopped, or cannot be used. */
  reason: z.string().nullable(),
  stoppedAt: time,
  testedAt: time,
  check: CheckSchema.nullable(),
  /** The last 24 hours, by whole hours. */
  day: z.object({ sent: figure, deferred: figure, bounced: figure, blocked: figure, complained: figure }),
  /** The day of the warm-up; null without one, or when it is over. */
  warmUp: z.object({ mails: figure, sent: figure, until: z.iso.datetime() }).nullable(),
})

export type ShownSender = z.output<typeof SenderSchema>

export const SendersSchema = z.object({ senders: z.array(SenderSchema) })

export const SenderIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'expected lower-case words joined by hyphens' })
  .max(60)

export { SenderChangeSchema }

const reason = z.string().trim().min(3).max(500)
const to = z.string().max(320)

export const TestRequestSchema = z.strictObject({ to })
export const TestAnswerSchema = z.object({ taken: z.boolean(), response: z.string() })

export const LiveRequestSchema = z.strictObject({
  /** All mails of its purpose go by it from now on; left out, where no other sender is the main one. */
  main: z.boolean().optional(),
  /** Where a test mail goes first. */
  testTo: to.optional(),
  /** Although a record is wrong; with a reason, which is kept. */
  force: z.boolean().default(false),
  reason: reason.optional(),
})

export const StopRequestSchema = z.strictObject({ reason: reason.optional() })

export const DkimRequestSchema = z.strictObject({
  selector: z.string().max(63).optional(),
  kind: z.enum(['rsa', 'ed25519']).default('rsa'),
})

export const DeletedSenderSchema = z.object({ deleted: z.string() })
