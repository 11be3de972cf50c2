import { createCommandRunner } from '../support/createCommandRunner.ts'
import { runCheck } from '../support/runCheck.ts'

const failed = await runCheck(createCommandRunner())
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
