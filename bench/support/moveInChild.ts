import { dirname, join } from 'node:path'
import { runCli } from '../../apps/server/src/cli/main.ts'
import type { MovedInChild } from './measureMoveIn.ts'

/** Moves a file in by the command line, with its database beside it, and says what it took. */
const [path = ''] = process.argv.slice(2)
const folder = dirname(path)
const startedAt = performance.now()
const code = await runCli(['import', 'files', path], {
  // Nobody listens on port 1: the file goes to the database directly.
  environment: { PORT: '1', DATABASE_URL: `file:${join(folder, 'ciclo.db')}` },
  folder,
  say: () => undefined,
  warn: () => undefined,
  terminal: undefined,
  now: Date.now,
})
const seconds = (performance.now() - startedAt) / 1_000
const told: MovedInChild = { code, seconds, megabytes: process.resourceUsage().maxRSS / 1_024 }
console.log(JSON.stringify(told))
