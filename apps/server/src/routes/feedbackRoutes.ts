import { SettingsSchema } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { HookAddresses } from '../feedback/hookAddresses.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { deleteReport, pageOfReports } from '../store/queries/reports.ts'
import { changeSettings, readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { PageQuerySchema } from './apiSchemas.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { expectHookKey } from './feedbackHookRoutes.ts'
import {
  DeletedReportSchema,
  HookSchema,
  NewHookSchema,
  RenewedSchema,
  ReportsSchema,
} from './feedbackSchemas.ts'
import { iso } from './iso.ts'

const describe = describer('feedback', 'There is no such report')
const PlaceSchema = z.object({ at: z.int(), id: z.string() })

export interface FeedbackRoutesOptions {
  store: Store
  hookAddresses: Pick<HookAddresses, 'tokenOf'>
  publicUrl: () => string
  now: () => number
  newId: () => string
}

/** The addresses at which mail providers report, and the reports that nothing was made of. */
export function createFeedbackRoutes({ store, hookAddresses, publicUrl, now, newId }: FeedbackRoutesOptions) {
  const auditOf = (context: Context<ApiEnvironment>, action: string, details: Record<string, unknown>) =>
    auditEntry(context, { now, newId }, { action, details })

  return new Hono<ApiEnvironment>()
    .post(
      '/hooks',
      describe('The address at which a provider reports bounces and complaints', HookSchema, NewHookSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { provider, key } = await bodyOf(context, NewHookSchema)
        expectHookKey(provider, key)
        const version = await store.write(async (tx) => {
          await insertAudit(tx, workspaceId, [auditOf(context, 'feedback-hook.made', { provider })])
          return (await readSettings(tx, workspaceId)).feedbackHookVersion
        })
        const token = hookAddresses.tokenOf({ w: workspaceId, p: provider, k: key, v: version })
        return context.json({ provider, url: `${publicUrl()}/feedback/${provider}/${token}` })
      },
    )
    .post(
      '/hooks/renew',
      describe('Closes every address that was made so far', RenewedSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const version = await store.write(async (tx) => {
          const { feedbackHookVersion } = await changeSettings(tx, workspaceId, now(), (stored) => ({
            ...stored,
            feedbackHookVersion: SettingsSchema.parse(stored).feedbackHookVersion + 1,
          }))
          const details = { version: feedbackHookVersion }
          await insertAudit(tx, workspaceId, [auditOf(context, 'feedback-hooks.renewed', details)])
          return feedbackHookVersion
        })
        return context.json({ version })
      },
    )
    .get(
      '/reports',
      describe('What came back and could not be read or matched, the newest first', ReportsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const after = decodeCursor(PlaceSchema, cursor)
        const reports = await store.read((tx) => pageOfReports(tx, workspaceId, { after, limit: limit + 1 }))
        const { rows, next } = pageOf(reports, limit, ({ at, id }) => ({ at, id }))
        return context.json({ reports: rows.map(({ at, ...report }) => ({ ...report, at: iso(at) })), next })
      },
    )
    .delete('/reports/:id', describe('Forgets one', DeletedReportSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      const id = context.req.param('id')
      await store.write(async (tx) => {
        if (!(await deleteReport(tx, workspaceId, id)))
          throw new CicloError('not-found', `There is no report ${id}`)
        await insertAudit(tx, workspaceId, [auditOf(context, 'feedback-report.deleted', { id })])
      })
      return context.json({ id })
    })
}
