import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { sqlitePath } from '../store/openStore.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { describer } from './describeApi.ts'

const describe = describer('backup', 'There is nothing')

const BackupSchema = z.object({
  database: z.enum(['sqlite', 'postgres']),
  /** What the database's file takes; null where it is on a server of its own. */
  bytes: z.int().nullable(),
  /** Makes a backup on the server's own machine. */
  command: z.string(),
})

const COMMAND = 'npm run ciclo -- backup ciclo-backup.db'

export interface BackupRoutesOptions {
  store: Store
  databaseUrl: string
  insight: InsightRunner
  now: () => number
  newId: () => string
}

/** The whole database as one file, for the owner alone: everybody's data is in there. */
export function createBackupRoutes({ store, databaseUrl, insight, now, newId }: BackupRoutesOptions) {
  const path = databaseUrl.startsWith('file:') ? sqlitePath(databaseUrl) : undefined
  let isBusy = false

  const copy = async (context: Context<ApiEnvironment>, source: string): Promise<Response> => {
    // Beside the database there is room for it, or for nothing else either. Nobody else may read the folder.
    const folder = await mkdtemp(join(dirname(source), '.backup-'))
    const remove = () => rm(folder, { recursive: true, force: true })
    try {
      const target = join(folder, 'ciclo.db')
      await insight.run('backup', { path: source, target }, { signal: context.req.raw.signal })
      const { size } = await stat(target)
      const done = { action: 'database.backed-up', details: { bytes: size } }
      await store.write((tx) =>
        insertAudit(tx, context.get('workspaceId'), [auditEntry(context, { now, newId }, done)]),
      )
      const file = createReadStream(target)
      file.once('close', () => void remove())
      const day = new Date(now()).toISOString().slice(0, 10)
      return context.body(Readable.toWeb(file) as ReadableStream, 200, {
        'content-type': 'application/vnd.sqlite3',
        'content-length': String(size),
        'content-disposition': `attachment; filename="ciclo-${day}.db"`,
        'cache-control': 'no-store',
      })
    } catch (error) {
      await remove()
      throw error
    }
  }

  return new Hono<ApiEnvironment>()
    .get('/', describe('How the database is backed up', BackupSchema), async (context) =>
      context.json({
        database: path === undefined ? ('postgres' as const) : ('sqlite' as const),
        bytes: path === undefined ? null : (await stat(path)).size,
        command: COMMAND,
      }),
    )
    .get(
      '/file',
      describe(
        'The whole database as a file, where it is SQLite; for an owner who has signed in',
        z.string(),
      ),
      async (context) => {
        if (context.get('session')?.role !== 'owner')
          throw new CicloError(
            'forbidden',
            'The whole database is for an owner who has signed in to the studio',
          )
        if (path === undefined)
          throw new CicloError('conflict', `The database is PostgreSQL: back it up by ${COMMAND}`)
        if (isBusy) throw new CicloError('conflict', 'A backup is being made already: wait for its end')
        isBusy = true
        try {
          return await copy(context, path)
        } finally {
          isBusy = false
        }
      },
    )
}
