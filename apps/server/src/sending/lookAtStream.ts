import { hourOf, sendingRoom, warmUpDay, type StreamFacts } from '@ciclo/engine'
import { readSentSince, readSentTo } from '../store/queries/sendingCounts.ts'
import type { ReadTx } from '../store/store.ts'
import { countedProvider, providerOf } from './countedProvider.ts'
import type { MailSender } from './mailSender.ts'

/** How a stream stands to an address now, for people to see: it holds no place in it, as the sender's own look does. */
export async function lookAtStream(
  tx: ReadTx,
  { workspaceId, id, limits, stopped }: MailSender,
  address: string,
  now: number,
): Promise<StreamFacts> {
  const { warmUp, perHour } = limits
  const hour = hourOf(now)
  const provider = providerOf(address)
  const domain = countedProvider(workspaceId, provider)
  const day = warmUp && warmUpDay(warmUp, now)
  const hasHours = Object.keys(perHour).length > 0
  const sent = {
    day: day ? await readSentSince(tx, workspaceId, { senderId: id, since: day.from }) : 0,
    hour: hasHours
      ? ((await readSentTo(tx, workspaceId, { senderId: id, hour, domains: [domain] })).get(domain) ?? 0)
      : 0,
  }
  return { stopped, ...sendingRoom(limits, { provider, sent, at: now }) }
}
