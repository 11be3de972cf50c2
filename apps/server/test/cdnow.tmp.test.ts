import { it, expect } from 'vitest'
import { createShopClient, trackOrder } from './cdnow.client.ts'
import { readCdnow, figuresByCustomer } from './cdnow.data.ts'
import { allCustomers, expectedOrders, ordersOf } from './cdnow.check.ts'
import { startTestServer } from './support/startTestServer.ts'
it('x', async () => {
  const server = await startTestServer()
  const { orders } = readCdnow()
  const client = createShopClient({ url: server.url, key: server.secretKey, flushAt: Number(process.env['FA'] ?? 15) })
  const t = performance.now()
  let retries = 0
  client.analytics.on('http_request', ({ headers }) => { if (headers['X-Retry-Count']) retries++ })
  for (const order of orders) trackOrder(client, order)
  await client.flush()
  console.log('events/s', (orders.length / (performance.now() - t) * 1000).toFixed(0), 'retries', retries)
  const got = ordersOf(await allCustomers(server)), want = expectedOrders(figuresByCustomer(orders))
  const bad = Object.keys(want).filter((u) => JSON.stringify(got[u]) !== JSON.stringify(want[u]))
  console.log('wrong customers', bad.length, bad[0] && JSON.stringify([got[bad[0]], want[bad[0]]]))
  await server.stop()
}, 120000)
