import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli } from '../src/cli/main.ts'

export interface CliRun {
  code: number
  /** Standard output, by line. */
  said: string[]
  /** Standard error, by line. */
  warned: string[]
}

/** Runs the command line in this process, in a folder of its own, by the environment given and nothing else. */
export async function runCliIn(
  folder: string,
  argv: readonly string[],
  environment: Record<string, string> = {},
  now: () => number = Date.now,
): Promise<CliRun> {
  const said: string[] = []
  const warned: string[] = []
  const code = await runCli(argv, {
    // Nobody listens on port 1, so no server that happens to run here is taken for the one of the test.
    environment: { PORT: '1', DATABASE_URL: `file:${join(folder, 'ciclo.db')}`, ...environment },
    folder,
    say: (line) => said.push(...line.split('\n')),
    warn: (line) => warned.push(...line.split('\n')),
    terminal: undefined,
    now,
  })
  return { code, said, warned }
}

export function writeIn(folder: string, name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return name
}
