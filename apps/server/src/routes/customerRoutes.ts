import { normaliseEmail } from '@ciclo/engine'
import { Hono } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { findCustomers, memberIds, pageOfCustomers, readCustomer } from '../store/queries/customers.ts'
import { pageOfEvents } from '../store/queries/events.ts'
import { identitiesOfCustomer } from '../store/queries/identities.ts'
import { pageOfMessages } from '../store/queries/messages.ts'
import { pageOfTransitions } from '../store/queries/transitions.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import {
  CustomerDetailSchema,
  CustomersQuerySchema,
  CustomersSchema,
  EventsSchema,
  MessagesSchema,
  PageQuerySchema,
  ProblemSchema,
  TransitionsSchema,
} from './apiSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { presentCustomer, presentEvent, presentMessage, presentTransition } from './present.ts'

function describe(summary: string, schema: z.ZodType) {
  const problem = { 'application/problem+json': { schema: resolver(ProblemSchema) } }
  return describeRoute({
    summary,
    tags: ['customers'],
    responses: {
      200: { description: summary, content: { 'application/json': { schema: resolver(schema) } } },
      400: { description: 'What was given, where, and what was expected', content: problem },
      401: { description: 'No key, or an unknown one', content: problem },
      404: { description: 'There is no such customer', content: problem },
    },
  })
}

/** A query that is wrong is answered like any other error. */
const query = <Schema extends z.ZodType>(schema: Schema) =>
  validator('query', schema, (result) => {
    if (result.success) return
    const [issue] = result.error
    const place = issue?.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    throw new CicloError('bad-request', `${place || 'query'}: ${issue?.message ?? 'wrong'}`)
  })

const EventPlaceSchema = z.object({ at: z.int(), messageId: z.string() })
const MessagePlaceSchema = z.object({ createdAt: z.int(), id: z.string() })

async function found(tx: ReadTx, workspaceId: string, id: string) {
  const record = await readCustomer(tx, workspaceId, id)
  if (!record) throw new CicloError('not-found', `There is no customer ${id}`)
  return record
}

/** The customers, and why each of them is where it is. */
export function createCustomerRoutes({ store }: { store: Store }) {
  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Customers, by e-mail or userId, or all of them', CustomersSchema),
      query(CustomersQuerySchema),
      async (context) => {
        const { email, userId, cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        if (email === undefined && userId === undefined) {
          const after = decodeCursor(z.string(), cursor)
          const records = await store.read((tx) => pageOfCustomers(tx, workspaceId, after, limit + 1))
          const { rows, next } = pageOf(records, limit, ({ customer }) => customer.id)
          return context.json({ customers: rows.map(presentCustomer), next })
        }
        const wanted =
          userId === undefined
            ? { kind: 'email' as const, value: normaliseEmail(email) ?? '' }
            : { kind: 'userId' as const, value: userId }
        const records = await store.read((tx) => findCustomers(tx, workspaceId, wanted))
        return context.json({ customers: records.map(presentCustomer), next: null })
      },
    )
    .get('/:id', describe('One customer', CustomerDetailSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      return await store.read(async (tx) => {
        const record = await found(tx, workspaceId, context.req.param('id'))
        const identities = await identitiesOfCustomer(tx, workspaceId, record.customer.id)
        return context.json({ ...presentCustomer(record), identities })
      })
    })
    .get(
      '/:id/events',
      describe('What happened, newest first', EventsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const events = await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          const members = await memberIds(tx, workspaceId, customer.id)
          return await pageOfEvents(
            tx,
            workspaceId,
            members,
            decodeCursor(EventPlaceSchema, cursor),
            limit + 1,
          )
        })
        const { rows, next } = pageOf(events, limit, ({ at, id }) => ({ at, messageId: id }))
        return context.json({ events: rows.map(presentEvent), next })
      },
    )
    .get(
      '/:id/transitions',
      describe('Every change of the lifecycle with its reason, newest first', TransitionsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const transitions = await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          return await pageOfTransitions(
            tx,
            workspaceId,
            customer.id,
            decodeCursor(z.int(), cursor),
            limit + 1,
          )
        })
        const { rows, next } = pageOf(transitions, limit, ({ position }) => position)
        return context.json({ transitions: rows.map(presentTransition), next })
      },
    )
    .get(
      '/:id/messages',
      describe('Every mail with its state and reason, newest first', MessagesSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const messages = await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          return await pageOfMessages(
            tx,
            workspaceId,
            customer.id,
            decodeCursor(MessagePlaceSchema, cursor),
            limit + 1,
          )
        })
        const { rows, next } = pageOf(messages, limit, ({ createdAt, id }) => ({ createdAt, id }))
        return context.json({ messages: rows.map(presentMessage), next })
      },
    )
}
