import { normaliseEmail } from '@ciclo/engine'
import type { z } from 'zod'
import type { MessageFilterSchema } from './messageSchemas.ts'
import { findCustomers, memberIds, readCustomer } from '../store/queries/customers.ts'
import type { MessageFilter } from '../store/queries/messageList.ts'
import { readSenders } from '../store/queries/senders.ts'
import type { ReadTx } from '../store/store.ts'

type Asked = z.infer<typeof MessageFilterSchema>

/** An address, or all the ids that a customer has had: nobody's are none. */
async function recipientOf(
  tx: ReadTx,
  workspaceId: string,
  to: string,
): Promise<Pick<MessageFilter, 'address' | 'customerIds'>> {
  const address = normaliseEmail(to)
  if (address !== undefined) return { address }
  const record =
    (await readCustomer(tx, workspaceId, to)) ??
    (await findCustomers(tx, workspaceId, { kind: 'userId', value: to }))[0]
  return { customerIds: record ? await memberIds(tx, workspaceId, record.customer.id) : [] }
}

/** What goes by a sender: what names it, and what names none, where it is the main one of its purpose. */
async function sentBy(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<Pick<MessageFilter, 'senders' | 'purpose'>> {
  const rows = await readSenders(tx, workspaceId)
  const row = rows.find((one) => one.id === id)
  if (row) return row.isMain ? { senders: [id, null], purpose: row.purpose } : { senders: [id] }
  // The installation's own is called by its purpose.
  const isInstallation = id === 'marketing' || id === 'transactional'
  return isInstallation ? { senders: [null], purpose: id } : { senders: [id] }
}

const instantOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))

/** What somebody asks of the outbox, as its queries take it. */
export async function messageFilterOf(tx: ReadTx, workspaceId: string, asked: Asked): Promise<MessageFilter> {
  const { state, purpose, template, journey, campaign, sender, to, from, until } = asked
  const bySender = sender === undefined ? {} : await sentBy(tx, workspaceId, sender)
  const isImpossible = purpose !== undefined && bySender.purpose !== undefined && bySender.purpose !== purpose
  return {
    state,
    template,
    journeyId: journey,
    campaignId: campaign,
    from: instantOf(from),
    to: instantOf(until),
    ...bySender,
    purpose: bySender.purpose ?? purpose,
    ...(to === undefined ? {} : await recipientOf(tx, workspaceId, to)),
    // The mails of the one purpose that go by the sender of the other: none.
    ...(isImpossible ? { customerIds: [] } : {}),
  }
}
