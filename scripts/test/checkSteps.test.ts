import { expect, test } from 'vitest'
import { checkSteps } from '../support/checkSteps.ts'
import { createCommandRunner, type Command } from '../support/createCommandRunner.ts'
import { toolPath } from '../support/repository.ts'
import { makeFolder } from './support/makeRepository.ts'

const run = createCommandRunner()

test('a wrong type is found, in each folder by the rules of its own tsconfig.json, and hidden files are checked', async () => {
  const commands: Command[] = []
  const steps = checkSteps((command) => {
    commands.push(command)
    return Promise.resolve({ code: 0, output: '' })
  })
  await Promise.all(steps.map((step) => step.run()))
  const [lint] = commands
  expect(lint?.args[0]).toMatch(/oxlint$/)
  const cwd = await makeFolder({
    '.oxlintrc.json': '{ "options": { "typeAware": true } }',
    'pure/tsconfig.json': '{ "compilerOptions": { "strict": true, "lib": ["es2024"], "types": [] } }',
    'pure/a.ts': 'export const text: string = 1\nexport const title = () => document.title\n',
    'page/tsconfig.json': '{ "compilerOptions": { "strict": true, "lib": ["dom"], "types": [] } }',
    'page/b.ts': 'export const title = () => document.title\n',
  })
  const env = { OXLINT_TSGOLINT_PATH: toolPath('tsgolint') }
  const { code, output } = await run({ ...lint!, cwd, env, output: 'collect' })
  expect(code).toBe(1)
  expect(output).toContain("Type 'number' is not assignable to type 'string'")
  expect(output.match(/Cannot find name 'document'/g)).toHaveLength(1)
  expect(output).not.toContain('b.ts')
  expect(commands.map(({ args }) => args.at(-1))).toContain('scripts/tsconfig.hidden.json')
})
