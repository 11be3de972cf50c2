import { buildAll } from '../support/buildAll.ts'
import { closingLine } from '../support/countTests.ts'
import { createCommandRunner } from '../support/createCommandRunner.ts'
import { runCheck } from '../support/runCheck.ts'
import { runVitest } from '../support/runVitest.ts'

const args = process.argv.slice(2)
const run = createCommandRunner()

if (args.length > 0) console.log(`Only the tests that fit ${args.join(' ')}, without the static checks.`)
const failedChecks = args.length > 0 ? [] : await runCheck(run)
const built = await buildAll().then(
  () => true,
  (error: unknown) => {
    console.error(error)
    return false
  },
)
const { code, counts } = await runVitest(run, 'test', args)

const failedParts = [...failedChecks, ...(built ? [] : ['build']), ...(code === 0 ? [] : ['tests'])]
if (failedParts.length > 0) console.log(`\nFailed: ${failedParts.join(', ')}`)
console.log(closingLine(counts))
process.exit(failedParts.length > 0 ? 1 : 0)
