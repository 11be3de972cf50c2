import { funnelStepOf, type FunnelMoment } from '@ciclo/engine'
import { and, eq, gte, isNotNull, lt } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { isCountedIn, type Period } from './countedOrders.ts'
import { pageOfIds, readMembers } from './customers.ts'

/** So many customers' events of a period are in memory at a time. */
const PAGE = 500

async function momentsOf(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
  period: Period,
): Promise<Iterable<FunnelMoment[]>> {
  const { events, orders } = tx.tables
  const { dialect } = tx
  const members = await readMembers(tx, workspaceId, ids)
  const moments = new Map<string, FunnelMoment[]>()
  const add = (customerId: string, moment: FunnelMoment) => {
    const own = moments.get(customerId)
    if (own) own.push(moment)
    else moments.set(customerId, [moment])
  }
  const done = await tx
    .select({
      customerId: events.customerId,
      at: events.at,
      name: events.name,
      bot: dialect.jsonText(events.body, ['bot']),
    })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        dialect.isOneOf(events.customerId, [...ids, ...members.keys()]),
        gte(events.at, period.from),
        lt(events.at, period.to),
        eq(events.type, 'track'),
        isNotNull(events.name),
      ),
    )
  for (const { customerId, at, name, bot } of done) {
    const step = funnelStepOf(name ?? '')
    if (step && bot !== 'true') add(members.get(customerId) ?? customerId, { step, at })
  }
  const paid = await tx
    .select({ customerId: orders.customerId, at: orders.at })
    .from(orders)
    .where(and(isCountedIn(tx, workspaceId, period), dialect.isOneOf(orders.customerId, ids)))
  for (const { customerId, at } of paid) add(customerId, { step: 'paid', at })
  return moments.values()
}

/** What each customer did on the way to an order in a period, and those merged into it; crawlers do nothing. */
export async function* funnelMoments(
  tx: ReadTx,
  workspaceId: string,
  period: Period,
): AsyncGenerator<FunnelMoment[]> {
  let after = ''
  for (;;) {
    const ids = await pageOfIds(tx, workspaceId, after, PAGE)
    if (ids.length > 0) yield* await momentsOf(tx, workspaceId, ids, period)
    after = ids.at(-1) ?? after
    if (ids.length < PAGE) return
  }
}
