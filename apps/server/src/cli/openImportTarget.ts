import { readConfig } from '../config.ts'
import { openDirectTarget } from './directTarget.ts'
import { findServerOf } from './findServerOf.ts'
import type { ImportTarget } from './importTarget.ts'
import { openLiveTarget } from './liveTarget.ts'
import type { Surroundings } from './surroundings.ts'

/** The live server of the database takes the orders in through its API; where there is none, they go to the database directly. */
export async function openImportTarget(surroundings: Surroundings): Promise<ImportTarget> {
  const config = readConfig(surroundings.environment)
  const server = await findServerOf(config, surroundings)
  return server === undefined
    ? await openDirectTarget(config, surroundings)
    : openLiveTarget(server, surroundings)
}
