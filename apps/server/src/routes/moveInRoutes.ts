import { Hono } from 'hono'
import { CicloError } from '../errors.ts'
import { cellsOf, formatOf, goesOnIn, nearestFormats, recognise } from '../imports/formats/formats.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { MoveIn, PlacedRecord, Remark } from '../moveIn/createMoveIn.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readImport, readImports, saveImport, type ImportRow } from '../store/queries/imports.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import {
  ImportRunSchema,
  ImportRunsSchema,
  MonthsSchema,
  MovedInSchema,
  RecogniseRequestSchema,
  RecognisedSchema,
  RecordsRequestSchema,
} from './moveInSchemas.ts'

const describe = describer('import', 'There is no such import')

const RUNS_SHOWN = 100

export interface MoveInRoutesOptions {
  store: Store
  moveIn: MoveIn
  insight: InsightRunner
  now: () => number
  newId: () => string
}

const present = ({ id, format, file, state, size, position, rows, ...times }: ImportRow) => ({
  id,
  format,
  file,
  state,
  size,
  position,
  rows,
  startedAt: iso(times.startedAt),
  updatedAt: iso(times.updatedAt),
  endedAt: isoOrNull(times.endedAt),
})

/** Moving in from another system: its files as it exports them, record by record. */
export function createMoveInRoutes({ store, moveIn, insight, now, newId }: MoveInRoutesOptions) {
  return new Hono<ApiEnvironment>()
    .post(
      '/recognise',
      describe('Which export a file is, by its headers', RecognisedSchema, RecogniseRequestSchema),
      async (context) => {
        const { header } = await bodyOf(context, RecogniseRequestSchema)
        const format = recognise(header)
        return context.json({
          format: format
            ? { id: format.id, name: format.name, kind: format.kind, goesOn: goesOnIn(format, header) }
            : null,
          nearest: format ? [] : nearestFormats(header),
        })
      },
    )
    .post(
      '/records',
      describe(
        'Takes in records of an export, or says what would come of them; at most 500 at a time',
        MovedInSchema,
        RecordsRequestSchema,
      ),
      async (context) => {
        const { format: id, header, dryRun, records, file } = await bodyOf(context, RecordsRequestSchema)
        const workspaceId = context.get('workspaceId')
        const format = formatOf(id)
        const read: PlacedRecord[] = []
        const refused: Remark[] = []
        for (const { row, rows } of records) {
          const one = format.read(rows.map((cells) => cellsOf(header, cells)))
          if (one.ok) read.push({ row, record: one.record })
          else refused.push({ row, reason: one.reason })
        }
        const audit = (action: string, details: Record<string, unknown>) =>
          auditEntry(context, { now, newId }, { action, details })
        const moved = await moveIn({
          workspaceId,
          format,
          records: read,
          dryRun,
          record: (tx) =>
            insertAudit(tx, workspaceId, [audit('suppressions.imported', { format: id, rows: read.length })]),
        })
        if (!dryRun && file)
          await store.write(async (tx) => {
            const before = await readImport(tx, workspaceId, file.id)
            const at = now()
            if (!before)
              await insertAudit(tx, workspaceId, [audit('import.begun', { format: id, file: file.name })])
            await saveImport(tx, {
              workspaceId,
              id: file.id,
              format: id,
              file: file.name,
              state: file.isEnd ? 'done' : 'running',
              size: file.size,
              position: Math.max(before?.position ?? 0, file.position),
              rows: Math.max(before?.rows ?? 0, file.rows),
              counts: {},
              startedAt: before?.startedAt ?? at,
              updatedAt: at,
              endedAt: file.isEnd ? at : null,
            })
          })
        return context.json({ dryRun, read: read.length, refused, ...moved })
      },
    )
    .get(
      '/runs',
      describe('Files that were moved in, and how far each has come', ImportRunsSchema),
      async (context) => {
        const rows = await store.read((tx) => readImports(tx, context.get('workspaceId'), RUNS_SHOWN))
        return context.json({ imports: rows.map(present) })
      },
    )
    .get('/runs/:id', describe('How far a file has come', ImportRunSchema), async (context) => {
      const id = context.req.param('id')
      const row = await store.read((tx) => readImport(tx, context.get('workspaceId'), id))
      if (!row) throw new CicloError('not-found', `There is no import ${id}`)
      return context.json(present(row))
    })
    .get(
      '/months',
      describe('Orders and revenue as Ciclo knows them, by month and currency', MonthsSchema),
      async (context) => {
        const months = await insight.run(
          'orderMonths',
          { workspaceId: context.get('workspaceId') },
          { signal: context.req.raw.signal },
        )
        return context.json({ months })
      },
    )
}
