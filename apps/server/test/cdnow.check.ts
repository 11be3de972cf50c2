import type { z } from 'zod'
import { CustomersSchema } from '../src/routes/apiSchemas.ts'
import type { CdnowFigures } from './cdnow.data.ts'

type ApiCustomer = z.infer<typeof CustomersSchema>['customers'][number]

const AT_ONCE = 8

/** Asks the API for every customer by userId; each must be there exactly once. */
export async function customersOf(
  { url, secretKey }: { url: string; secretKey: string },
  userIds: Iterable<string>,
): Promise<Map<string, ApiCustomer>> {
  const found = new Map<string, ApiCustomer>()
  const waiting = [...userIds]
  const ask = async () => {
    for (let userId = waiting.pop(); userId !== undefined; userId = waiting.pop()) {
      const response = await fetch(`${url}/api/customers?userId=${userId}`, {
        headers: { authorization: `Bearer ${secretKey}` },
      })
      const { customers } = CustomersSchema.parse(await response.json())
      const [customer] = customers
      if (!customer || customers.length > 1)
        throw new Error(`${userId}: ${customers.length} customers, expected one`)
      found.set(userId, customer)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
  return found
}

/** All customers, page by page. */
export async function allCustomers({
  url,
  secretKey,
}: {
  url: string
  secretKey: string
}): Promise<Map<string, ApiCustomer>> {
  const found = new Map<string, ApiCustomer>()
  for (let cursor: string | null = ''; cursor !== null;) {
    const response = await fetch(
      `${url}/api/customers?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
      {
        headers: { authorization: `Bearer ${secretKey}` },
      },
    )
    const page = CustomersSchema.parse(await response.json())
    for (const customer of page.customers) {
      const userId = customer.userId ?? ''
      if (userId === '' || found.has(userId))
        throw new Error(`Customer ${customer.id}: userId ${userId}, expected one of its own`)
      found.set(userId, customer)
    }
    cursor = page.next
  }
  return found
}

const iso = (at: number) => new Date(at).toISOString()

/** Figures in the API's form, for one comparison of all customers. */
export function expectedOrders(figures: ReadonlyMap<string, CdnowFigures>) {
  return Object.fromEntries(
    [...figures].map(([userId, { count, cents, firstAt, lastAt }]) => [
      userId,
      { count, revenue: { USD: cents }, firstAt: iso(firstAt), lastAt: iso(lastAt) },
    ]),
  )
}

export function ordersOf(customers: ReadonlyMap<string, ApiCustomer>) {
  return Object.fromEntries([...customers].map(([userId, { orders }]) => [userId, orders]))
}

export function stagesOf(customers: ReadonlyMap<string, ApiCustomer>) {
  return Object.fromEntries([...customers].map(([userId, { lifecycle }]) => [userId, lifecycle.stage]))
}
