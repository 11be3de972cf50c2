import { hourOf, sendingRoom, warmUpDay, type StreamFacts } from '@ciclo/engine'
import {
  addSendingCounts,
  readSentSince,
  readSentTo,
  type SendingCount,
} from '../store/queries/sendingCounts.ts'
import { lockSender } from '../store/queries/senders.ts'
import type { Tx } from '../store/store.ts'
import { countedProvider, providerOf } from './countedProvider.ts'
import type { MailSender } from './mailSender.ts'

/** How the streams of one workspace stand while a claim decides, and what it gives out by them. */
export interface StreamRoom {
  /** Of an address that the room was opened for. */
  of(sender: MailSender, address: string): StreamFacts
  /** From now on it counts as sent. */
  countAsSent(sender: MailSender, address: string): void
  /** Writes down what was counted: once, before the transaction ends. */
  save(): Promise<void>
}

/** What a sender gave out on this day of its warm-up, and in this hour to each provider. */
interface Sent {
  day: number
  hours: Map<string, number>
}

/** A mail that is about to go, if there is room. */
interface Wanted {
  sender: MailSender
  address: string
}

const hasHours = ({ limits }: MailSender) => Object.keys(limits.perHour).length > 0

const isLimited = (sender: MailSender) => sender.limits.warmUp !== null || hasHours(sender)

/**
 * Reads what the senders of claimed mails have given out, and locks those that have limits: what other processes have
 * claimed counts, and what they are about to claim waits for this transaction. Mails count when they are claimed.
 */
export async function openStreamRoom(
  tx: Tx,
  workspaceId: string,
  wanted: readonly Wanted[],
  now: number,
): Promise<StreamRoom> {
  const hour = hourOf(now)
  const sent = new Map<string, Sent>()
  const added: SendingCount[] = []
  const limited = Map.groupBy(
    wanted.filter(({ sender }) => isLimited(sender)),
    ({ sender }) => sender.id,
  )
  // In one order, so that two claims do not wait for each other in a circle.
  for (const id of [...limited.keys()].toSorted()) {
    await lockSender(tx, workspaceId, id)
    const mails = limited.get(id) ?? []
    const sender = mails.at(0)?.sender
    if (!sender) continue
    const { warmUp } = sender.limits
    const day = warmUp && warmUpDay(warmUp, now)
    const domains = new Set(
      hasHours(sender) ? mails.map(({ address }) => countedProvider(workspaceId, providerOf(address))) : [],
    )
    const counts = {
      day: day ? await readSentSince(tx, workspaceId, { senderId: id, since: day.from }) : 0,
      hours: await readSentTo(tx, workspaceId, { senderId: id, hour, domains: [...domains] }),
    }
    sent.set(id, counts)
  }

  return {
    of: ({ id, limits, stopped }, address) => {
      const counts = sent.get(id)
      const provider = providerOf(address)
      const room = sendingRoom(limits, {
        provider,
        sent: { day: counts?.day ?? 0, hour: counts?.hours.get(countedProvider(workspaceId, provider)) ?? 0 },
        at: now,
      })
      return { stopped, ...room }
    },
    countAsSent: ({ id }, address) => {
      const domain = countedProvider(workspaceId, providerOf(address))
      added.push({ senderId: id, hour, domain, sent: 1 })
      const counts = sent.get(id)
      if (!counts) return
      counts.day += 1
      counts.hours.set(domain, (counts.hours.get(domain) ?? 0) + 1)
    },
    save: () => addSendingCounts(tx, workspaceId, added),
  }
}

/**
 * A mail that was counted did not go: its server could not be reached or put it off. Only where its claim still held;
 * else whoever has taken it over counts it.
 */
export async function giveBackRoom(
  tx: Tx,
  { workspaceId, id }: MailSender,
  { address, claimedAt }: { address: string; claimedAt: number },
): Promise<void> {
  const counted = {
    senderId: id,
    hour: hourOf(claimedAt),
    domain: countedProvider(workspaceId, providerOf(address)),
  }
  await addSendingCounts(tx, workspaceId, [{ ...counted, sent: -1, deferred: 1 }])
}
