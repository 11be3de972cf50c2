import { join } from 'node:path'
import { createRendersHere } from '@ciclo/templates'
import { pino } from 'pino'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { createCiclo } from '../createCiclo.ts'
import { CicloError } from '../errors.ts'
import { createNewIds } from '../newIds.ts'
import { openConfiguredStore } from '../openConfiguredStore.ts'
import { databaseIdentity } from '../store/databaseIdentity.ts'
import { firstWorkspaceId } from '../store/queries/workspaces.ts'
import type { Surroundings } from './surroundings.ts'

/** A Ciclo without a socket and without loops: its API, for one command. */
export async function openDirectApp(config: Config, { now }: Surroundings) {
  const store = await openConfiguredStore(config)
  if ((await store.read(firstWorkspaceId)) === undefined) {
    await store.close()
    throw new CicloError(
      'bad-configuration',
      'DATABASE_URL: the database has no workspace yet, and so no customers',
    )
  }
  const nowhere = new URL('file:///none')
  const ciclo = createCiclo({
    store,
    secret: config.secret,
    database: databaseIdentity(config.databaseUrl),
    databaseUrl: config.databaseUrl,
    clock: { ...systemClock, now },
    newId: createNewIds(now),
    random: Math.random,
    log: pino({ level: 'silent' }),
    // Nothing is sent but what somebody tries out: all else is the server's, when it runs again.
    smtpUrl: config.smtpUrl ?? 'smtp://127.0.0.1:1',
    from: () => config.mailFrom ?? { name: '', address: 'nobody@ciclo.localhost' },
    publicUrl: () => config.publicUrl ?? 'http://ciclo.localhost',
    mailFolder: join(config.dataFolder, 'mailbox'),
    tracker: { script: nowhere, sourceMap: nowhere },
    renderPool: createRendersHere(),
    webhookHosts: config.webhookHosts,
    demo: false,
  })
  return {
    app: ciclo.app,
    close: async () => {
      await ciclo.stop()
      await store.close()
    },
  }
}
