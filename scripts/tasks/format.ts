import { createCommandRunner } from '../support/createCommandRunner.ts'
import { toolPath } from '../support/repository.ts'

const run = createCommandRunner()
const { code } = await run({
  command: process.execPath,
  args: [toolPath('oxfmt'), '--write', ...(process.argv.length > 2 ? process.argv.slice(2) : ['.'])],
  output: 'inherit',
})
process.exit(code)
