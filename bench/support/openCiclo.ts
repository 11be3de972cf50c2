import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createCiclo, systemClock, type Ciclo } from '@ciclo/server'
import { pino } from 'pino'
import { createNewIds } from '../../apps/server/src/newIds.ts'
import { databaseIdentity } from '../../apps/server/src/store/databaseIdentity.ts'
import { openStore } from '../../apps/server/src/store/openStore.ts'
import type { Store } from '../../apps/server/src/store/store.ts'
import { ensureFirstWorkspace } from '../../apps/server/src/workspaces.ts'

export const WRITE_KEY = 'bench-write-key-0001'
export const SECRET_KEY = 'bench-secret-key-0001'

export const SECRET = 'a secret that only measurements are signed with'

export interface OpenedCiclo {
  ciclo: Ciclo
  store: Store
  workspaceId: string
  stop: () => Promise<void>
}

/** The whole server without a socket, on a SQLite file in `folder`, with the keys above and a new shop's settings. */
export async function openCiclo(folder: string, { smtpUrl }: { smtpUrl: string }): Promise<OpenedCiclo> {
  const secret = SECRET
  const clock = systemClock
  const newId = createNewIds(() => clock.now())
  const databaseUrl = pathToFileURL(join(folder, 'ciclo.db')).href
  const store = await openStore(databaseUrl)
  const workspace = await ensureFirstWorkspace({
    store,
    secret,
    now: () => clock.now(),
    newId,
    writeKey: WRITE_KEY,
    secretKey: SECRET_KEY,
    demo: false,
  })
  const nowhere = pathToFileURL(join(folder, 'none'))
  const ciclo = createCiclo({
    store,
    secret,
    database: databaseIdentity(databaseUrl),
    databaseUrl,
    clock,
    newId,
    random: Math.random,
    log: pino({ level: 'error' }),
    smtpUrl,
    from: () => ({ name: 'Shop', address: 'hello@shop.test' }),
    publicUrl: () => 'https://shop.test',
    tracker: { script: nowhere, sourceMap: nowhere },
    demo: false,
  })
  return {
    ciclo,
    store,
    workspaceId: workspace.id,
    stop: async () => {
      await ciclo.stop()
      await store.close()
    },
  }
}
