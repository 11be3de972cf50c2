import { expect, it } from 'vitest'
import { writeExported } from '../../src/exports/writeExported.ts'
import { insertRows } from '../../src/store/insertRows.ts'
import { createTestCiclo } from '../support/createTestCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'

const CUSTOMERS = 100_000
const MEGABYTE = 1024 * 1024

const createDatabase = useSqlite()

it('writes 100,000 customers out in memory that does not grow', async () => {
  const test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:1' })
  const { store, workspaceId } = test
  await test.ciclo.ingest.submit([
    test.item('secret', {
      type: 'track',
      name: 'Order Completed',
      userId: 'u1',
      properties: { order_id: 'o1', total: 10, email: 'ann@shop.example' },
    }),
  ])
  await store.write(async (tx) => {
    const { customers } = tx.tables
    const [one] = await tx.select().from(customers)
    if (!one) throw new Error('nobody is there')
    for (let first = 1; first < CUSTOMERS; first += 5_000)
      await insertRows(
        tx,
        customers,
        Array.from({ length: Math.min(5_000, CUSTOMERS - first) }, (_, index) => ({
          ...one,
          id: `${one.id}-${String(first + index).padStart(6, '0')}`,
          email: `p${first + index}@shop.example`,
        })),
      )
  })
  let lines = 0
  let pieces = 0
  let settled = 0
  let highest = 0
  for await (const piece of writeExported(store, workspaceId, 'customers', 'csv')) {
    lines += piece.split('\r\n').length - 1
    pieces += 1
    if (pieces === 200) settled = process.memoryUsage().rss
    if (pieces > 200) highest = Math.max(highest, process.memoryUsage().rss)
  }
  expect(lines).toBe(CUSTOMERS + 1)
  const growth = (highest - settled) / MEGABYTE
  console.log(`exports.customers.memory.growth ${growth.toFixed(0)} MB`)
  // All of them at once would be some 500 MB.
  expect(growth).toBeLessThan(120)
  await test.stop()
})
