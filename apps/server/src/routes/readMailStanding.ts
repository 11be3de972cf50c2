import type { Customer, JourneyStanding, PolicyFacts, Purpose, Rules } from '@ciclo/engine'
import type { z } from 'zod'
import { readJourneyStandings } from '../journeys/readJourneyStandings.ts'
import { readMailFacts } from '../journeys/readMailFacts.ts'
import { blockersOf, type Blocker } from '../sending/blockersOf.ts'
import { lookAtStream } from '../sending/lookAtStream.ts'
import { suppressionHashesOf, type HashAddress } from '../sending/policyFactsOf.ts'
import type { Senders } from '../sending/senders.ts'
import type { CustomerRecord } from '../store/queries/customers.ts'
import { pageOfMessages, type OutboxMessage } from '../store/queries/messages.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { ReadTx } from '../store/store.ts'
import { iso, isoOrNull } from './iso.ts'
import type { MailStandingSchema } from './mailStandingSchemas.ts'

type Standing = z.infer<typeof MailStandingSchema>
type PurposeStanding = Standing['purposes']['marketing']
type Next = Standing['next'][number]

export interface MailStandingOptions {
  rules: Rules
  senders: Pick<Senders, 'senderOf'>
  hashAddress: HashAddress
  now: number
}

/** So many of the newest messages are looked through for what waits and what did not go. */
const MESSAGES = 50
const MISSED = 5

const ENDED_UNSENT: ReadonlySet<string> = new Set(['refused', 'expired', 'failed', 'dead', 'unknown'])
const WAITING: ReadonlySet<string> = new Set(['queued', 'sending'])

/** What a blocker hangs on, for people. */
function detailsOf(
  { reason }: Blocker,
  customer: Customer,
  facts: PolicyFacts,
  suppression: { reason: string; at: number } | undefined,
): PurposeStanding['blockers'][number]['details'] {
  if (reason === 'suppressed' || reason === 'erased' || (reason === 'unsubscribed' && suppression))
    return { because: suppression?.reason ?? null, since: suppression ? iso(suppression.at) : null }
  if (reason === 'no-permission') return { permission: facts.permission }
  if (reason === 'basis-not-allowed')
    return {
      basis: customer.consent['marketing-email']?.basis ?? null,
      country: customer.country?.code ?? null,
    }
  if (reason === 'stream-stopped') return { because: facts.stream.stopped }
  if (reason === 'open-case') {
    const open = customer.cases.at(-1)
    return { case: open?.kind ?? null, order: open?.orderId ?? null, since: open ? iso(open.since) : null }
  }
  if (reason === 'quiet-hours') return { zone: facts.zone }
  if (reason === 'frequency-cap') return { sent: facts.marketingSentAt.length }
  return {}
}

/** The purpose of a step of a journey that sends. */
function purposeOf(rules: Rules, { journey, version }: JourneyStanding, step: string): Purpose | null {
  const compiled = [...rules.journeys.values()].find(
    ({ definition, version: number }) => definition.id === journey && number === version,
  )
  const found = compiled?.definition.steps.find(({ id }) => id === step)
  return found?.kind === 'send' ? found.purpose : null
}

function nextOf(
  messages: readonly OutboxMessage[],
  standings: readonly JourneyStanding[],
  rules: Rules,
): Next[] {
  const nothing = { messageId: null, reason: null, expiresAt: null, template: null, purpose: null }
  const names = new Map(standings.map(({ journey, name }) => [journey, name]))
  const waiting = messages
    .filter(({ state }) => WAITING.has(state))
    .map((message): Next => ({
      kind: 'message',
      at: iso(message.dueAt),
      journey: message.journeyId,
      name: names.get(message.journeyId ?? '') ?? null,
      template: message.template,
      purpose: message.purpose,
      messageId: message.id,
      reason: message.reason,
      expiresAt: iso(message.expiresAt),
    }))
  const ahead = standings.flatMap((standing): Next[] => {
    const { journey, name, runs } = standing
    const mails = runs.flatMap(({ nextMail }) =>
      nextMail === null
        ? []
        : [
            {
              ...nothing,
              kind: 'run' as const,
              at: iso(nextMail.at),
              journey,
              name,
              template: nextMail.template,
              purpose: purposeOf(rules, standing, nextMail.step),
            },
          ],
    )
    // Its time may come and find that they are not let in: then nobody comes.
    const asked = standing.standing === 'waiting' ? standing.waiting : []
    const entries = asked.map(({ at }) => ({
      ...nothing,
      kind: 'entry' as const,
      at: iso(at),
      journey,
      name,
    }))
    return [...mails, ...entries]
  })
  return [...waiting, ...ahead].toSorted((one, other) => (one.at < other.at ? -1 : 1))
}

const missedOf = (messages: readonly OutboxMessage[]): Standing['missed'] =>
  messages
    .filter(({ state }) => ENDED_UNSENT.has(state))
    .slice(0, MISSED)
    .map(({ id, template, purpose, state, reason, createdAt }) => ({
      messageId: id,
      template,
      purpose,
      state: state as Standing['missed'][number]['state'],
      reason,
      at: iso(createdAt),
    }))

function addressOf({ email, claims }: Customer): Standing['address'] {
  if (email !== null) return { value: email, state: 'proven' }
  return claims.email === undefined
    ? { value: null, state: 'none' }
    : { value: claims.email, state: 'claimed' }
}

/** Whether a customer may be mailed, on what basis, by what it is held up, and what goes next. */
export async function readMailStanding(
  tx: ReadTx,
  workspaceId: string,
  record: CustomerRecord,
  { rules, senders, hashAddress, now }: MailStandingOptions,
): Promise<Standing> {
  const { customer } = record
  const { settings } = rules
  const facts = await readMailFacts(tx, workspaceId, record, { now, rules, hashAddress })
  const address = customer.email ?? ''
  const hashes = customer.email === null ? [] : suppressionHashesOf(workspaceId, address, hashAddress)
  const [suppression] = (await readSuppressed(tx, workspaceId, hashes)).values()
  const standings = await readJourneyStandings(tx, workspaceId, record, { now, rules, facts })
  const messages = await pageOfMessages(tx, workspaceId, customer.id, undefined, MESSAGES)
  const next = nextOf(messages, standings, rules)

  const standingOf = async (purpose: Purpose): Promise<PurposeStanding> => {
    const sender = await senders.senderOf(tx, workspaceId, purpose, null)
    const stream = await lookAtStream(tx, sender, address, now)
    const blockers = blockersOf(purpose, { ...facts, stream }, settings, now)
    return {
      sender: { id: sender.id, ...sender.from },
      blockers: blockers.map((blocker) => ({
        kind: blocker.kind,
        reason:
          blocker.reason === 'address-changed' && customer.email === null ? 'no-address' : blocker.reason,
        until: isoOrNull(blocker.until),
        details: detailsOf(blocker, customer, { ...facts, stream }, suppression),
      })),
      isPlanned: next.some((one) => one.purpose === purpose || one.kind === 'entry'),
    }
  }
  const consent = customer.consent['marketing-email']
  const { locale, timeZone } = customer
  return {
    address: addressOf(customer),
    locale: locale ? { ...locale } : { value: settings.locale, from: 'shop' },
    timeZone: timeZone ? { ...timeZone } : { value: settings.shop.timeZone, from: 'shop' },
    permission: {
      state: facts.permission,
      basis: consent?.basis ?? null,
      isBasisAllowed: facts.basisAllowed,
      since: consent ? iso(consent.at) : null,
      country: customer.country?.code ?? null,
    },
    purposes: {
      marketing: await standingOf('marketing'),
      transactional: await standingOf('transactional'),
    },
    next,
    missed: missedOf(messages),
  }
}
