import type { EventInput, PastRuns } from '@ciclo/engine'
import { pastUntil } from '@ciclo/engine'
import { readRunsBefore } from '../store/queries/backtest.ts'
import { pageOfIds, readMembers } from '../store/queries/customers.ts'
import { countEvents, readHistory } from '../store/queries/events.ts'
import type { ReadTx, Store } from '../store/store.ts'

/** A customer's whole history, and of those merged into it. */
export interface BacktestCustomer {
  id: string
  inputs: EventInput[]
  /** What it was in before the period. */
  past: Record<string, PastRuns>
}

/** Looked at in one go: what their histories take of the memory is bounded by the events, too. */
const CUSTOMERS_AT_ONCE = 200
const EVENTS_AT_ONCE = 4_000

async function readGroup(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
  roots: Map<string, string>,
  since: number,
) {
  const history = await readHistory(tx, workspaceId, ids)
  const runs = await readRunsBefore(tx, workspaceId, ids, since)
  const rootOf = (id: string) => roots.get(id) ?? id
  const runsByRoot = Map.groupBy(runs, ({ customerId }) => rootOf(customerId))
  const byRoot = Map.groupBy(history, ({ customerId }) => rootOf(customerId))
  return (id: string): BacktestCustomer => ({
    id,
    inputs: (byRoot.get(id) ?? []).map(({ input }) => input),
    past: pastUntil(runsByRoot.get(id) ?? [], since),
  })
}

/**
 * All customers with their histories, a page after the other, each of them with how many it has looked at. Nothing is
 * kept between two pages.
 *
 * @param shard every `of`-th page, from the `index`-th on: several processes share the work
 */
export async function* backtestPages(
  store: Store,
  { workspaceId, since, shard }: { workspaceId: string; since: number; shard: { index: number; of: number } },
): AsyncGenerator<BacktestCustomer[], void> {
  let after = ''
  for (let page = 0; ; page += 1) {
    const ids = await store.read((tx) => pageOfIds(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
    if (page % shard.of !== shard.index) continue
    const { roots, groups } = await store.read(async (tx) => {
      const members = await readMembers(tx, workspaceId, ids)
      const lengths = await countEvents(tx, workspaceId, [...ids, ...members.keys()])
      const namesOf = new Map(ids.map((id) => [id, [id]]))
      for (const [id, root] of members) namesOf.get(root)?.push(id)
      return { roots: members, groups: grouped(ids, namesOf, lengths) }
    })
    for (const group of groups) {
      const customerOf = await store.read((tx) => readGroup(tx, workspaceId, group.names, roots, since))
      yield group.ids.map(customerOf)
    }
  }
}

/** The customers in groups whose histories are read together. */
function grouped(
  ids: readonly string[],
  namesOf: ReadonlyMap<string, readonly string[]>,
  lengths: ReadonlyMap<string, number>,
): { ids: string[]; names: string[] }[] {
  const groups: { ids: string[]; names: string[] }[] = []
  let room = 0
  for (const id of ids) {
    const names = namesOf.get(id) ?? [id]
    const length = names.reduce((sum, name) => sum + (lengths.get(name) ?? 0), 0)
    const last = groups.at(-1)
    if (last && length <= room) {
      last.ids.push(id)
      last.names.push(...names)
    } else {
      groups.push({ ids: [id], names: [...names] })
      room = EVENTS_AT_ONCE
    }
    room -= length
  }
  return groups
}
