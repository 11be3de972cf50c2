import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { importItems } from '../importOrders.ts'
import { createIngest } from '../ingest/ingest.ts'
import { createRulesCache } from '../ingest/rulesCache.ts'
import { createWakeLoop } from '../loops/wake.ts'
import { createNewIds } from '../newIds.ts'
import { openConfiguredStore } from '../openConfiguredStore.ts'
import { hashAddress } from '../tokens.ts'
import { ensureFirstWorkspace } from '../workspaces.ts'
import type { ImportTarget } from './importTarget.ts'
import type { Surroundings } from './surroundings.ts'

/** Opens the database itself, as the server would, and makes its first workspace where there is none yet. */
export async function openDirectTarget(
  config: Config,
  { now, say, warn }: Surroundings,
): Promise<ImportTarget> {
  const store = await openConfiguredStore(config)
  const newId = createNewIds(now)
  const workspace = await ensureFirstWorkspace({
    store,
    secret: config.secret,
    now,
    newId,
    writeKey: config.writeKey,
    secretKey: config.secretKey,
    demo: false,
  })
  if (workspace.isNew) {
    say('The keys of this new database; they are not shown again:')
    say(`  write key      ${config.writeKey ? 'CICLO_WRITE_KEY' : workspace.writeKey}`)
    say(`  secret key     ${config.secretKey ? 'CICLO_SECRET_KEY' : workspace.secretKey}`)
  }
  const onError = (error: unknown) => warn(`Something failed and is tried again: ${String(error)}`)
  const ingest = createIngest({
    store,
    rules: createRulesCache(),
    now,
    newCustomerId: newId,
    hashAddress: (workspaceId, address) => hashAddress(config.secret, workspaceId, address),
    onCommitted: () => {},
    onError,
  })
  // Not started: it is only asked, in the end, for the timers that came due long ago.
  const wake = createWakeLoop({ store, ingest, clock: { ...systemClock, now }, onError })

  return {
    description: 'the database directly, since no server runs on it',
    submit: async (orders) => {
      const verdicts = await ingest.submit(importItems(workspace.id, orders, now()))
      const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length
      return {
        applied: count('applied'),
        duplicate: count('duplicate'),
        parked: count('parked'),
        erased: count('erased'),
      }
    },
    close: async () => {
      await wake.drain()
      await ingest.stop()
      await store.close()
    },
  }
}
