import type { Purpose } from '@ciclo/engine'
import type { SenderCheck } from '../sending/checkSender.ts'
import {
  COUNTED_SOURCES,
  lastEventOfSources,
  readEventCounts,
  type CountedSource,
} from '../store/queries/eventCounts.ts'
import { readSetAside } from '../store/queries/homeHealth.ts'
import { readOverdue } from '../store/queries/homeMail.ts'
import { readSenders } from '../store/queries/senders.ts'
import type { ReadTx } from '../store/store.ts'
import { judgeSilence, RHYTHM } from './judgeSilence.ts'

/** A mail that has not left by then is late: what is claimed, rendered and tried again takes minutes. */
const LATE_AFTER = 15 * 60_000

interface SenderHealthFacts {
  id: string
  purpose: Purpose
  status: 'draft' | 'live' | 'stopped'
  reason: string | null
  /** When its records were looked up last, and which of them were not well. */
  checkedAt: number | null
  wrong: string[]
}

/** How the parts stand that everything else rests on. Times are epoch milliseconds. */
export interface HomeHealth {
  /** When the last event of each source came in, within a month. */
  sources: { source: CountedSource; lastAt: number | null }[]
  /** For how long nothing has come in, where that is unusual: milliseconds. */
  silence: number | null
  /** Mails that should have left, of streams that were not stopped, and since when the oldest waits. */
  late: number
  lateSince: number | null
  parkedInputs: number
  parkedCustomers: number
  failingJobs: string[]
  senders: SenderHealthFacts[]
}

const PURPOSES = ['marketing', 'transactional'] as const

/** Heads of indexes and a few hundred counts: quick, however large the shop. */
export async function readHomeHealth(tx: ReadTx, workspaceId: string, now: number): Promise<HomeHealth> {
  const senders = (await readSenders(tx, workspaceId)).map((row): SenderHealthFacts => {
    const check = row.check as unknown as SenderCheck | null
    return {
      id: row.id,
      purpose: row.purpose,
      status: row.status,
      reason: row.reason,
      checkedAt: check?.at ?? null,
      wrong: check?.records.filter(({ status }) => status === 'fail').map((record) => record.check) ?? [],
    }
  })
  const lastAt = await lastEventOfSources(tx, workspaceId)
  const counts = await readEventCounts(tx, workspaceId, now - RHYTHM)
  let [late, lateSince]: [number, number | null] = [0, null]
  for (const purpose of PURPOSES) {
    // Those of a stopped sender wait on purpose.
    if (senders.some((sender) => sender.purpose === purpose && sender.status === 'stopped')) continue
    const { mails, since } = await readOverdue(tx, workspaceId, purpose, now - LATE_AFTER)
    late += mails
    if (since !== null) lateSince = Math.min(lateSince ?? since, since)
  }
  return {
    sources: COUNTED_SOURCES.map((source) => ({ source, lastAt: lastAt.get(source) ?? null })),
    silence: judgeSilence(counts, now),
    late,
    lateSince,
    ...(await readSetAside(tx, workspaceId)),
    senders,
  }
}
