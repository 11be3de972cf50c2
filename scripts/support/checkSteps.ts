import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command, CommandResult } from './createCommandRunner.ts'
import { codeFolders, repositoryRoot, toolPath } from './repository.ts'
import type { Step } from './runSteps.ts'

type Run = (command: Command) => Promise<CommandResult>

/** All static checks. The slowest come first, so that the two workers end at about the same time. */
export function checkSteps(run: Run): Step[] {
  return [
    // Its rules and its check of types share one reading of the code, in half the time of a compiler beside it.
    toolStep(run, 'lint and types', 'oxlint', ['--type-aware', '--type-check', '.']),
    toolStep(run, 'dependency arrows', 'depcruise', [
      '--config',
      '.dependency-cruiser.cjs',
      'packages',
      'apps',
      'bench',
      'scripts',
    ]),
    toolStep(run, 'unused files, exports and dependencies', 'knip', ['--no-progress', '--no-config-hints']),
    toolStep(run, 'format', 'oxfmt', ['--check', '.']),
    ...codeFolders().flatMap((folder) => typeSteps(run, folder)),
  ]
}

/** What the linter's check of types leaves out. It knows the tsconfig.json nearest to a file, and no other. */
function typeSteps(run: Run, folder: string): Step[] {
  if (!existsSync(join(repositoryRoot, folder, 'tsconfig.json'))) {
    const output = `${folder} has no tsconfig.json, so nobody checks its types.`
    return [{ name: `types of ${folder}`, run: async () => ({ passed: false, output }) }]
  }
  // Code for the browser lies beside code for Node and needs other types; the linter skips hidden files.
  return globSync('tsconfig.*.json', { cwd: join(repositoryRoot, folder) }).map((project) => {
    const part = basename(project, '.json').slice('tsconfig.'.length)
    return toolStep(run, `types of ${folder}, ${part}`, 'tsc', [
      '--noEmit',
      '--pretty',
      'false',
      '-p',
      `${folder}/${project}`,
    ])
  })
}

function toolStep(run: Run, name: string, tool: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await run({
        command: process.execPath,
        args: [toolPath(tool), ...args],
        output: 'collect',
      })
      return { passed: code === 0, output }
    },
  }
}
