import { checkSteps } from './checkSteps.ts'
import type { Command, CommandResult } from './createCommandRunner.ts'
import { runSteps } from './runSteps.ts'

/**
 * Runs every static check to the end, printing each one's name and time, and at the end what was found.
 *
 * @returns the names of the checks that failed
 */
export async function runCheck(run: (command: Command) => Promise<CommandResult>): Promise<string[]> {
  const results = await runSteps(checkSteps(run), 2, ({ name, passed, seconds }) => {
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`)
  })
  const failed = results.filter(({ passed }) => !passed)
  for (const { name, output } of failed) console.log(`\n--- ${name}\n${output.trimEnd()}`)
  return failed.map(({ name }) => name)
}
