import { expect, it } from 'vitest'
import { cicloContract } from './ciclo.contract.ts'
import { openStore } from '../src/store/openStore.ts'
import { ensureFirstWorkspace } from '../src/workspaces.ts'
import { createTestCiclo, SECRET, type TestCustomer } from './support/createTestCiclo.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

cicloContract('PostgreSQL', createDatabase)

it('lets two servers work on one PostgreSQL database at once: every event once, every customer one', async () => {
  const databaseUrl = await createDatabase()
  const smtpUrl = 'smtp://127.0.0.1:9'
  const one = await createTestCiclo({ databaseUrl, smtpUrl })
  const other = await createTestCiclo({ databaseUrl, smtpUrl })
  try {
    const orders = Array.from({ length: 150 }, (_, index) =>
      one.item('secret', {
        type: 'track',
        name: 'Order Completed',
        userId: `u${index % 9}`,
        anonymousId: `a${index % 27}`,
        properties: { order_id: `o${index}`, total: 1, currency: 'USD' },
      }),
    )
    // Every event goes to both, in opposite orders, so that they meet on the same customers and identities.
    const [byOne, byOther] = await Promise.all([
      Promise.all(orders.map((order) => one.ciclo.ingest.submit([{ ...order }]))),
      Promise.all(orders.toReversed().map((order) => other.ciclo.ingest.submit([{ ...order }]))),
    ])
    const applied = [...byOne, ...byOther].flat().filter((verdict) => verdict === 'applied')
    expect(applied).toHaveLength(150)
    const { customers } = (await one.request('/api/customers')) as { customers: TestCustomer[] }
    expect(customers).toHaveLength(9)
    expect(new Set(customers.map(({ userId }) => userId)).size).toBe(9)
    expect(customers.reduce((sum, { orders: { count } }) => sum + count, 0)).toBe(150)
  } finally {
    await one.stop()
    await other.stop()
  }
})

it('makes one first workspace when many servers start on a new PostgreSQL database at once', async () => {
  const databaseUrl = await createDatabase()
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(databaseUrl)))
  try {
    const workspaces = await Promise.all(
      stores.map((store, server) =>
        ensureFirstWorkspace({
          store,
          secret: SECRET,
          now: () => server,
          newId: () => `workspace-${server}`,
          writeKey: undefined,
          secretKey: undefined,
          demo: false,
        }),
      ),
    )
    expect(new Set(workspaces.map(({ id }) => id)).size).toBe(1)
    expect(workspaces.filter(({ isNew }) => isNew)).toHaveLength(1)
  } finally {
    await Promise.all(stores.map((store) => store.close()))
  }
})
