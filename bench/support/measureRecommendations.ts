import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { generatePurchases } from './generatePurchases.ts'
import { hitRate } from './hitRate.ts'
import type { Report } from './inTurns.ts'
import { openCiclo } from './openCiclo.ts'
import { withFolder } from './withFolder.ts'

const PRODUCTS = 50_000
const LINES = 1_000_000
const child = fileURLToPath(new URL('buildInChild.ts', import.meta.url))

/** What `buildInChild.ts` says of itself. */
export interface BuiltInChild {
  seconds: number
  megabytes: number
  lists: number
  lines: number
}

/** Building the recommendations of a large shop, in a process of its own, and whether they are worth it. */
export async function measureRecommendations(report: Report): Promise<void> {
  const generated = generatePurchases(PRODUCTS, LINES)
  const { together, popular, customers } = hitRate(generated)
  report({
    name: 'recommendations.hit-rate-at-5',
    value: together * 100,
    unit: '%',
    ratio: together / popular,
  })
  report({ name: 'recommendations.hit-rate-at-5.popularity', value: popular * 100, unit: '%' })
  report({ name: 'recommendations.hit-rate-at-5.customers', value: customers, unit: 'customers' })
  await withFolder(async (folder) => {
    const { workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:1' })
    await stop()
    const path = join(folder, 'ciclo.db')
    const raw = new Database(path)
    const { rows } = generated
    raw.transaction(() => {
      const product = raw.prepare(
        "insert into products (workspace_id, id, trusted, name, category, claimed, hidden, updated_at) values (?, ?, 1, ?, ?, '[]', 0, 0)",
      )
      for (let n = 0; n < PRODUCTS; n += 1)
        product.run(workspaceId, `product-${n}`, `Product ${n}`, `topic ${Math.floor(n / 100)}`)
      const line = raw.prepare(
        'insert into order_lines (workspace_id, order_id, line, customer_id, product_id, quantity, at, told_at, trusted) values (?, ?, ?, ?, ?, 1, ?, ?, 1)',
      )
      for (const [row, customer] of rows.customers.entries()) {
        const at = Math.floor(rows.times[row] ?? 0)
        line.run(
          workspaceId,
          `order-${rows.orders[row]}`,
          row,
          `customer-${customer}`,
          `product-${rows.products[row]}`,
          at,
          at,
        )
      }
    })()
    const startedAt = performance.now()
    let read = 0
    const lines = raw.prepare('select order_id, customer_id, product_id, at from order_lines')
    for (const { at } of lines.iterate() as IterableIterator<{ at: number }>) read += at > 0 ? 1 : 0
    const baseline = (performance.now() - startedAt) / 1_000
    raw.close()
    if (read !== LINES) throw new Error(`${read} lines are there, expected ${LINES}`)
    const { stdout, stderr, status } = spawnSync(process.execPath, [child, `file:${path}`, workspaceId], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`The build ended with ${status}: ${stderr}`)
    const built = JSON.parse(stdout) as BuiltInChild
    report({
      name: 'recommendations.build',
      value: built.seconds,
      unit: 's',
      ratio: built.seconds / baseline,
    })
    report({ name: 'recommendations.build.memory', value: built.megabytes, unit: 'MB' })
    report({ name: 'recommendations.build.lists', value: built.lists, unit: 'lists' })
  })
}
