import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ExportedName } from '../../apps/server/src/exports/exported.ts'
import { writeExported } from '../../apps/server/src/exports/writeExported.ts'
import { openCiclo, SECRET_KEY } from './openCiclo.ts'
import { inTurns, perSecond, reportPair, type Report } from './inTurns.ts'
import { shopEvents } from './shopEvents.ts'
import { withFolder } from './withFolder.ts'

const EVENTS = 40_000
const BATCH = 500

/** Rows a second of a table as CSV, against reading its rows and writing them as JSON in one go. */
export async function measureExports(report: Report): Promise<void> {
  await withFolder(async (folder) => {
    const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:1' })
    const events = shopEvents(EVENTS, 10)
    for (let first = 0; first < events.length; first += BATCH)
      await ciclo.app.request('/v1/batch', {
        method: 'POST',
        headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ batch: events.slice(first, first + BATCH) }),
      })
    const raw = new Database(join(folder, 'ciclo.db'), { readonly: true })
    const rowsOf = (table: ExportedName) =>
      (raw.prepare(`select count(*) as rows from ${table}`).get() as { rows: number }).rows
    try {
      for (const what of ['events', 'customers'] as const) {
        const rows = rowsOf(what)
        const { subjects, baselines } = await inTurns(
          async () => {
            const startedAt = performance.now()
            let size = 0
            for await (const piece of writeExported(store, workspaceId, what, 'csv')) size += piece.length
            if (size === 0) throw new Error(`nothing of ${what} was written`)
            return perSecond(rows, performance.now() - startedAt)
          },
          async () => {
            const startedAt = performance.now()
            let size = 0
            for (const row of raw.prepare(`select * from ${what}`).iterate())
              size += JSON.stringify(row).length
            if (size === 0) throw new Error(`nothing of ${what} was read`)
            return await Promise.resolve(perSecond(rows, performance.now() - startedAt))
          },
        )
        reportPair(report, `exports.${what}`, 'rows/s', subjects, baselines)
      }
    } finally {
      raw.close()
      await stop()
    }
  })
}
