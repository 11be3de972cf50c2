import { readConfig } from '../config.ts'
import { openDirectTarget } from './directTarget.ts'
import type { ImportTarget } from './importTarget.ts'
import { findLiveServer, openLiveTarget } from './liveTarget.ts'
import type { Surroundings } from './surroundings.ts'

/** A live server takes the orders in through its API; where there is none, they go to the database directly. */
export async function openImportTarget(surroundings: Surroundings): Promise<ImportTarget> {
  const config = readConfig(surroundings.environment)
  const server = await findLiveServer(config)
  return server === undefined
    ? await openDirectTarget(config, surroundings)
    : openLiveTarget(server, config, surroundings)
}
