import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { repositoryRoot } from '../support/repository.ts'

// What was compiled at the last start need not be again; inside the repository, where nobody else can put anything.
enableCompileCache(join(repositoryRoot, 'node_modules/.cache/compiled'))

const args = process.argv.slice(2)

if (args[0] === 'start' && !existsSync(join(repositoryRoot, 'packages/tracker-sdk/dist'))) {
  const { buildTracker } = await import('../../packages/tracker-sdk/build.ts')
  await buildTracker()
}

const { runCli } = await import('../../apps/server/src/cli/main.ts')
// Not `process.exit`: a command may have written to a pipe that is still being read.
process.exitCode = await runCli(args)
