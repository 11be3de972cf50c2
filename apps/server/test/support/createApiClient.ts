import type { z } from 'zod'
import {
  CustomerDetailSchema,
  type CustomerSchema,
  CustomersSchema,
  EventsSchema,
  MessagesSchema,
  TransitionsSchema,
} from '../../src/routes/apiSchemas.ts'

export type ApiCustomer = z.infer<typeof CustomerSchema>

type Wanted = { email: string } | { userId: string }

/** The JSON API with a secret key. Every answer is read with the schema that the API documents for it. */
export interface ApiClient {
  /** Sends events (Segment's form) as one batch; the answer's status must be 200. With the secret key unless told. */
  send(events: readonly Record<string, unknown>[], key?: string): Promise<void>
  /** Those who have the address or userId; where nobody has, those who claim it. */
  customersWith(wanted: Wanted): Promise<ApiCustomer[]>
  /** The only one; throws where there are none or several. */
  customerWith(wanted: Wanted): Promise<ApiCustomer>
  customers(): Promise<ApiCustomer[]>
  customer(id: string): Promise<z.infer<typeof CustomerDetailSchema>>
  /** The newest 200, newest first: the same for the next two. */
  events(customerId: string): Promise<z.infer<typeof EventsSchema>['events']>
  transitions(customerId: string): Promise<z.infer<typeof TransitionsSchema>['transitions']>
  messages(customerId: string): Promise<z.infer<typeof MessagesSchema>['messages']>
  /** Changes settings of the workspace, as a merge patch. */
  set(settings: Record<string, unknown>): Promise<void>
  /** The server's time, epoch milliseconds. */
  now(): number
  /** Lets `duration` milliseconds pass: what is due in between happens before this resolves. */
  passTime(duration: number): Promise<void>
}

export function createApiClient(url: string, secretKey: string): ApiClient {
  /** How far the server's clock is ahead of this process's. */
  let ahead = 0

  const read = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> => {
    const response = await fetch(`${url}/api${path}`, { headers: { authorization: `Bearer ${secretKey}` } })
    const body: unknown = await response.json()
    if (response.status !== 200)
      throw new Error(`GET /api${path}: ${response.status} ${JSON.stringify(body)}`)
    return schema.parse(body)
  }
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    if (response.status !== 200) throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  const customersWith = async (wanted: Wanted) => {
    const query = new URLSearchParams(wanted).toString()
    return (await read(`/customers?${query}`, CustomersSchema)).customers
  }

  return {
    send: async (events, key = secretKey) => {
      await post('/v1/batch', { writeKey: key, batch: events })
    },
    customersWith,
    customerWith: async (wanted) => {
      const [customer, ...others] = await customersWith(wanted)
      if (!customer || others.length > 0) {
        const count = customer ? others.length + 1 : 0
        throw new Error(`${JSON.stringify(wanted)}: ${count} customers, expected one`)
      }
      return customer
    },
    customer: (id) => read(`/customers/${id}`, CustomerDetailSchema),
    customers: async () => (await read('/customers?limit=200', CustomersSchema)).customers,
    events: async (id) => (await read(`/customers/${id}/events?limit=200`, EventsSchema)).events,
    transitions: async (id) =>
      (await read(`/customers/${id}/transitions?limit=200`, TransitionsSchema)).transitions,
    messages: async (id) => (await read(`/customers/${id}/messages?limit=200`, MessagesSchema)).messages,
    set: async (settings) => {
      const response = await fetch(`${url}/api/settings`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${secretKey}` },
        body: JSON.stringify(settings),
      })
      if (response.status !== 200) throw new Error(`PATCH /api/settings: ${await response.text()}`)
    },
    now: () => Date.now() + ahead,
    passTime: async (duration) => {
      ahead += duration
      await post('/api/test/clock', { now: Date.now() + ahead })
    },
  }
}
