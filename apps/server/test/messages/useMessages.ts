import type { MessageState } from '@ciclo/engine'
import type { z } from 'zod'
import { mailIdOf } from '../../src/mailId.ts'
import {
  MessageCountsSchema,
  MessageDetailSchema,
  OutboxSchema,
  type ShownMessage,
} from '../../src/routes/messageSchemas.ts'
import { SECRET_KEY } from '../support/createTestCiclo.ts'
import { useCiclo } from '../support/useCiclo.ts'

const HOUR = 3_600_000

export type MessageRow = Partial<{
  customerId: string
  enrolmentId: string | null
  journeyId: string | null
  template: string
  purpose: 'marketing' | 'transactional'
  address: string
  state: MessageState
  reason: string | null
  createdAt: number
  dueAt: number
  sentAt: number | null
  campaignId: string | null
  sender: string | null
  data: Record<string, unknown>
}>

/** A Ciclo for each test, its outbox by the API, and messages that were put into it. */
export function useMessages(createDatabase: () => Promise<string>) {
  const ciclo = useCiclo(createDatabase)
  const { world } = ciclo

  const put = async (id: string, more: MessageRow = {}): Promise<void> => {
    const { clock, store, workspaceId } = world.test
    const createdAt = more.createdAt ?? clock.now() - HOUR
    await store.write(async (tx) => {
      await tx.insert(tx.tables.messages).values({
        workspaceId,
        id,
        customerId: 'nobody',
        template: 'welcome',
        purpose: 'marketing',
        locale: 'en',
        address: 'ann@example.com',
        claimed: false,
        state: 'queued',
        data: { customer: { email: 'ann@example.com', firstName: 'Ann' } },
        causeAt: createdAt,
        createdAt,
        // Nothing is due that a test does not make due.
        dueAt: createdAt + 240 * HOUR,
        expiresAt: createdAt + 480 * HOUR,
        mailId: mailIdOf({ workspaceId, id, createdAt }),
        ...more,
      })
    })
  }

  const path = (id: string, below = '') => `/api/messages/${encodeURIComponent(id)}${below}`
  const list = async (query = '') => OutboxSchema.parse(await world.test.request(`/api/messages?${query}`))
  const ids = async (query = '') => (await list(query)).messages.map(({ id }) => id)
  /** Every page of a query, one after the other. */
  const all = async (query: string): Promise<ShownMessage[]> => {
    const found: ShownMessage[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: z.infer<typeof OutboxSchema> = await list(`${query}${cursor && `&cursor=${cursor}`}`)
      found.push(...page.messages)
      cursor = page.next
    }
    return found
  }
  const counts = async (query = '') => {
    const { states } = MessageCountsSchema.parse(await world.test.request(`/api/messages/counts?${query}`))
    return Object.fromEntries(
      states.flatMap(({ state, messages, isMore }) =>
        messages > 0 ? [[state, isMore ? `${messages}+` : messages]] : [],
      ),
    )
  }
  const detail = async (id: string) => MessageDetailSchema.parse(await world.test.request(path(id)))
  const cancel = (id: string) => world.test.request(path(id, '/cancel'), { method: 'POST' })
  const page = async (id: string, query = '') =>
    await world.test.ciclo.app.request(path(id, `/mail?${query}`), {
      headers: { authorization: `Bearer ${SECRET_KEY}` },
    })
  return { ...ciclo, all, cancel, counts, detail, ids, list, page, path, put }
}
