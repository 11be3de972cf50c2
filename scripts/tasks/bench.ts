import { join } from 'node:path'
import { runBenchGroups } from '../support/benchGroups.ts'
import { repositoryRoot } from '../support/repository.ts'

const code = await runBenchGroups(join(repositoryRoot, 'bench'), process.argv.slice(2), (line) =>
  console.log(line),
)
// A group may have left a server or a pool open that would keep the process alive.
process.exit(code)
