import { join } from 'node:path'
import { createCommandRunner } from '../support/createCommandRunner.ts'
import { repositoryRoot } from '../support/repository.ts'

const run = createCommandRunner()
const { code } = await run({
  command: 'npm',
  args: ['run', 'migrations', '--', ...process.argv.slice(2)],
  cwd: join(repositoryRoot, 'apps/server'),
  output: 'inherit',
})
process.exit(code)
