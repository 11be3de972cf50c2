import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

it('a reader of the command line who has seen enough ends it without a word', async () => {
  const script = `
    import { once } from 'node:events'
    import { runCli } from '${main}'
    await once(process.stdin, 'data')
    process.exitCode = await runCli(['--help'])
    process.stdin.destroy()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' })
  const warned: string[] = []
  child.stderr.on('data', (chunk: Buffer) => warned.push(chunk.toString()))
  child.stdout.destroy()
  child.stdin.end('go')
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(warned.join('')).not.toContain('EPIPE')
  expect(code).toBe(0)
})
