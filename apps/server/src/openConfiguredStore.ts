import type { Config } from './config.ts'
import { CicloError } from './errors.ts'
import { openStore } from './store/openStore.ts'
import type { Store } from './store/store.ts'

/** Opens the database of the configuration. Throws `bad-configuration` saying which one, and why it cannot be opened. */
export async function openConfiguredStore({ databaseUrl }: Config): Promise<Store> {
  try {
    return await openStore(databaseUrl)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CicloError('bad-configuration', `DATABASE_URL: ${why}`, { cause })
  }
}
