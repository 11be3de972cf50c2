import { buildAll } from '../support/buildAll.ts'
import { closingLine } from '../support/countTests.ts'
import { createCommandRunner } from '../support/createCommandRunner.ts'
import { runVitest } from '../support/runVitest.ts'

const run = createCommandRunner()
await buildAll()
const { code, counts } = await runVitest(run, 'deep', process.argv.slice(2))
// A closing line of zeros would read as if nothing had been tested at all.
const found = counts.passed + counts.failed + counts.skipped > 0
console.log(found ? closingLine(counts) : 'There is no deep test.')
process.exit(code)
