import { canonicalJson, mailboxProviderOf, normaliseEmail, type Purpose } from '@ciclo/engine'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { SenderRow } from '../store/queries/senders.ts'
import type { Seal } from './createSeal.ts'
import { importDkimKey } from './dkimKeys.ts'
import { SenderLimitsSchema } from './mailSender.ts'
import { newSenderRow } from './newSenderRow.ts'
import { PRESETS, ServerSchema, setUpServer, type PresetId } from './presets.ts'
import { sealedPlace } from './senders.ts'

const domain = z
  .string()
  .max(253)
  .transform((value) => value.toLowerCase())
  .refine((value) => /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(value), {
    message: 'expected a domain, such as shop.example',
  })

const address = z
  .string()
  .transform((value) => normaliseEmail(value) ?? '')
  .refine((value) => value !== '', { message: 'expected one address, such as news@shop.example' })

const name = z
  .string()
  .trim()
  .max(100)
  .regex(/^[^\p{Cc}<>"]*$/u, { message: 'expected a name without < > " and without control characters' })

export const SelectorSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i, {
    message: 'expected a selector, such as ciclo1',
  })
  .transform((value) => value.toLowerCase())

/** A sender as it is to be; what is left out stays as it is. */
export const SenderChangeSchema = z.strictObject({
  purpose: z.enum(['marketing', 'transactional']).optional(),
  /** Null: the installation's address. */
  from: z
    .strictObject({ name: name.default(''), address })
    .nullable()
    .optional(),
  replyTo: address.nullable().optional(),
  /** Null: the installation's server. */
  server: ServerSchema.nullable().optional(),
  /** Null: nobody is known to sign. Without a key the server signs, or the one that is there stays. */
  dkim: z
    .strictObject({
      domain: domain.optional(),
      selector: SelectorSchema,
      privateKey: z.string().max(20_000).optional(),
    })
    .nullable()
    .optional(),
  /** Null: mails come back to the from address. */
  bounceDomain: domain.nullable().optional(),
  limits: SenderLimitsSchema.optional(),
})

export type SenderChange = z.output<typeof SenderChangeSchema>

const refuse = (message: string) => new CicloError('bad-request', message)

export const domainOf = (mailAddress: string) => mailAddress.slice(mailAddress.lastIndexOf('@') + 1)

/** The limits by the name under which a provider is counted. */
function limitsOf({ warmUp, perHour }: NonNullable<SenderChange['limits']>) {
  const byProvider: Record<string, number> = {}
  for (const [given, count] of Object.entries(perHour)) {
    const provider = mailboxProviderOf(given)
    if (byProvider[provider] !== undefined)
      throw refuse(`limits.perHour: ${given} is counted as ${provider}, which is named already: name it once`)
    byProvider[provider] = count
  }
  return { warmUp, perHour: byProvider }
}

/** What mails are delivered by: with another of these it is another sender, of which nothing has been tested. */
const DELIVERY = ['smtp', 'fromAddress', 'dkim', 'dkimKey', 'bounceDomain', 'preset', 'headers'] as const

/** A database may give the members of JSON back in another order. */
const same = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other)

/**
 * A sender as it is after a change.
 *
 * Throws `bad-request` for what does not fit together, and `conflict` where it would change how the mails of a live
 * sender are delivered.
 */
export function changeSender(
  before: SenderRow | undefined,
  change: SenderChange,
  { workspaceId, id, now, seal }: { workspaceId: string; id: string; now: number; seal: Seal },
): SenderRow {
  const purpose = change.purpose ?? before?.purpose ?? ownPurpose(id)
  if (purpose === undefined) throw refuse('purpose: given nothing, expected marketing or transactional')
  if ((before && before.purpose !== purpose) || (ownPurpose(id) ?? purpose) !== purpose)
    throw refuse(`purpose: ${id} is ${before?.purpose ?? id}, expected another id for ${purpose} mail`)
  const row = { ...(before ?? newSenderRow({ workspaceId, id, purpose, now })) }
  const open = (sealed: string | null, field: 'smtp' | 'dkim') =>
    sealed === null ? null : (seal.open(sealed, sealedPlace(workspaceId, id, field)) ?? null)
  const close = (text: string, field: 'smtp' | 'dkim') =>
    seal.close(text, sealedPlace(workspaceId, id, field))

  if (change.from !== undefined) {
    row.fromName = change.from?.name ?? ''
    row.fromAddress = change.from?.address ?? null
  }
  if (change.replyTo !== undefined) row.replyTo = change.replyTo
  if (change.limits !== undefined) row.limits = limitsOf(change.limits)
  if (change.bounceDomain !== undefined) row.bounceDomain = change.bounceDomain
  if (change.server !== undefined) {
    const old = open(row.smtp, 'smtp')
    const setup = change.server && setUpServer(change.server, old)
    // Sealed anew it would look like another one.
    if (setup?.url !== old || row.smtp === null) row.smtp = setup && close(setup.url, 'smtp')
    row.preset = change.server?.preset ?? 'smtp'
    row.headers = setup?.headers ?? {}
  }
  if (change.dkim !== undefined) {
    const from = row.fromAddress === null ? undefined : domainOf(row.fromAddress)
    const place = change.dkim && { domain: change.dkim.domain ?? from, selector: change.dkim.selector }
    if (place && place.domain === undefined)
      throw refuse('dkim.domain: given nothing, expected the domain that mails are signed for')
    const dkim = place as { domain: string; selector: string } | null
    const old = open(row.dkimKey, 'dkim')
    const key =
      change.dkim?.privateKey === undefined
        ? same(dkim, row.dkim)
          ? old
          : null
        : importDkimKey(change.dkim.privateKey)
    if (key !== old || key === null) row.dkimKey = key === null ? null : close(key, 'dkim')
    row.dkim = dkim
  }
  const preset = PRESETS[row.preset as PresetId]
  if (row.bounceDomain !== null && preset.ownsBounces)
    throw refuse(
      `bounceDomain: ${preset.name} writes its own address on the envelope; leave it out, and set up its webhook`,
    )
  if (before && DELIVERY.some((field) => !same(before[field], row[field]))) {
    if (before.status === 'live')
      throw new CicloError(
        'conflict',
        `${id} is live: stop it before you change how its mails are delivered, or set up another sender beside it`,
      )
    row.testedAt = null
    row.check = null
  }
  return row
}

/** The purposes are names of senders, too: of what a workspace that has set up nothing sends by. */
function ownPurpose(id: string): Purpose | undefined {
  return id === 'marketing' || id === 'transactional' ? id : undefined
}
