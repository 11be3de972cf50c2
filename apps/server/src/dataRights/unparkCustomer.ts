import { rebuild, type Rules, type StepResult } from '@ciclo/engine'
import { describeError } from '../describeError.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { lockCustomers, markParked, memberIds, saveCustomers } from '../store/queries/customers.ts'
import { readRunningEnrolments } from '../store/queries/enrolments.ts'
import { readHistory } from '../store/queries/events.ts'
import { releaseParkedMessages } from '../store/queries/messages.ts'
import { deleteOrders, saveOrders } from '../store/queries/orders.ts'
import { saveMemberships } from '../store/queries/segments.ts'
import { deleteTransitions, insertTransitions } from '../store/queries/transitions.ts'
import type { Tx } from '../store/store.ts'
import type { ParkedShell } from './retryParked.ts'

export interface Unparked {
  customerId: string
  /** The customer, and those merged into it. */
  memberIds: string[]
  /** Why the history cannot be told anew: then the customer stays parked. */
  error: string | null
}

async function lockRoot(tx: Tx, workspaceId: string, id: string) {
  const [record] = await lockCustomers(tx, workspaceId, [id])
  if (!record?.mergedInto) return record
  const [root] = await lockCustomers(tx, workspaceId, [record.mergedInto])
  return root
}

/**
 * Tells a customer's history anew and feeds it again from then on. Undefined where there is no such customer. Its
 * parked inputs are to be tried again after this has been committed.
 */
export async function unparkCustomer(
  tx: Tx,
  id: string,
  rules: Rules,
  { workspaceId, actor, now, newId, hash }: ParkedShell,
): Promise<Unparked | undefined> {
  const record = await lockRoot(tx, workspaceId, id)
  if (!record) return undefined
  const customerId = record.customer.id
  const members = await memberIds(tx, workspaceId, customerId)
  const { customer } = record
  for (const { customerId: _customer, ...enrolment } of await readRunningEnrolments(tx, workspaceId, [
    customerId,
  ])) {
    customer.enrolments[enrolment.id] = enrolment
  }
  const history = await readHistory(tx, workspaceId, members)
  const audit = async (details: Record<string, unknown>) => {
    const subject = hash(workspaceId, `customer:${customerId}`)
    await insertAudit(tx, workspaceId, [
      { id: newId(), at: now, actor, action: 'customer.unparked', subject, details },
    ])
  }
  let rebuilt: StepResult
  try {
    rebuilt = rebuild(
      customer,
      history.map(({ input }) => input),
      rules,
    )
  } catch (cause) {
    const error = describeError(cause)
    await markParked(tx, workspaceId, customerId, error)
    await audit({ events: history.length, failed: true })
    return { customerId, memberIds: members, error }
  }
  await deleteTransitions(tx, workspaceId, [customerId])
  await deleteOrders(tx, workspaceId, [customerId])
  // As if it were new: what the columns say may be as wrong as the state was.
  const saved = { customer: rebuilt.customer, stored: null, parked: null, createdAt: record.createdAt }
  await saveCustomers(tx, workspaceId, [saved], now)
  await saveMemberships(
    tx,
    workspaceId,
    [{ customer: rebuilt.customer, stored: customer, isRebuilt: true }],
    [],
  )
  await insertTransitions(
    tx,
    workspaceId,
    rebuilt.transitions.map((transition, position) => ({
      ...transition,
      customerId,
      position,
      rebuilt: true,
    })),
  )
  await saveOrders(
    tx,
    workspaceId,
    Object.values(rebuilt.customer.orders).map((order) => ({ ...order, customerId })),
  )
  await releaseParkedMessages(tx, workspaceId, customerId, now)
  await audit({ events: history.length })
  return { customerId, memberIds: members, error: null }
}
