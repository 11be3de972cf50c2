import { pageOfRows, type ExportedRow, type ExportedTable } from '../store/queries/exportedRows.ts'
import type { Exporter } from './exported.ts'

const AT_ONCE = 50

/** Times are ISO 8601, wherever a column holds one. */
const withTimes = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      /(At|Since)$/.test(name) && typeof value === 'number' ? new Date(value).toISOString() : value,
    ]),
  )

/** What people have drawn and written: each as it is stored, but for whose it is. */
export const exportDefinitions = <Name extends ExportedTable>(
  name: Name,
): Exporter<Record<string, unknown>, ExportedRow<Name>> => ({
  page: async (tx, workspaceId, after) => {
    const rows = await pageOfRows(tx, workspaceId, name, after, AT_ONCE)
    const lines = rows.map((row) => {
      const { workspaceId: _workspace, ...rest } = row
      return withTimes(rest)
    })
    return { lines, next: rows.length < AT_ONCE ? undefined : rows.at(-1) }
  },
})
