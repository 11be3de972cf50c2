import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, CommandResult } from './createCommandRunner.ts'
import { toolPath } from './repository.ts'
import { countTests, type TestCounts } from './countTests.ts'

/**
 * Runs vitest over the whole repository with its usual output.
 *
 * @param args for vitest, such as a filter; without one, finding no test is not an error
 * @returns its exit code, and what it counted
 */
export async function runVitest(
  run: (command: Command) => Promise<CommandResult>,
  mode: 'test' | 'deep',
  args: readonly string[],
): Promise<{ code: number; counts: TestCounts }> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-test-'))
  const resultFile = join(folder, 'result.json')
  try {
    const { code } = await run({
      command: process.execPath,
      args: [
        toolPath('vitest'),
        'run',
        '--mode',
        mode,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${resultFile}`,
        ...(args.length === 0 ? ['--passWithNoTests'] : args),
      ],
      output: 'inherit',
    })
    const result: unknown = JSON.parse(await readFile(resultFile, 'utf8').catch(() => 'null'))
    return { code, counts: countTests(result, code) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
