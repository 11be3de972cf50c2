import { buildRecommendations } from '../../apps/server/src/recommendations/buildRecommendations.ts'
import { openStore } from '../../apps/server/src/store/openStore.ts'
import type { BuiltInChild } from './measureRecommendations.ts'

/** Builds all recommendations of a database, as the server has it done in a process of its own, and says what it took. */
const [databaseUrl = '', workspaceId = ''] = process.argv.slice(2)
const store = await openStore(databaseUrl, { readOnly: true })
const startedAt = performance.now()
let kept = 0
const { lists, lines } = await buildRecommendations(
  store,
  { workspaceId, at: Date.UTC(2026, 0, 1) },
  (part) => {
    // As it goes to the server.
    kept += JSON.stringify(part).length
    return Promise.resolve()
  },
)
const seconds = (performance.now() - startedAt) / 1_000
await store.close()
if (kept === 0) throw new Error('nothing was built')
const built: BuiltInChild = { seconds, megabytes: process.resourceUsage().maxRSS / 1_024, lists, lines }
console.log(JSON.stringify(built))
