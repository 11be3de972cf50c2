import { PULLED } from '../platforms/pull/pullSource.ts'
import { beginPulls, type PullRow } from '../store/queries/pulls.ts'
import type { Tx } from '../store/store.ts'

/** All that is fetched of a shop, from the beginning; with `since` only what has changed. */
export async function startPulls(
  tx: Tx,
  {
    workspaceId,
    connectionId,
    since,
    now,
  }: { workspaceId: string; connectionId: string; since: number | null; now: number },
): Promise<void> {
  const rows = PULLED.map((resource): PullRow => ({
    workspaceId,
    connectionId,
    resource,
    state: 'waiting',
    cursor: null,
    total: null,
    read: 0,
    applied: 0,
    refused: 0,
    problems: [],
    since,
    startedAt: now,
    updatedAt: now,
    endedAt: null,
  }))
  await beginPulls(tx, rows)
}
