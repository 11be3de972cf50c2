import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCliIn } from '../cli.support.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const page = readFileSync(new URL('../../../../docs/identity.md', import.meta.url), 'utf8')

/** The helper that docs/identity.md gives for a language. */
function snippet(language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n(?!ciclo\\.)([^]*?)^\`\`\`$`, 'm').exec(page)?.[1]
  if (code === undefined) throw new Error(`docs/identity.md has no ${language} helper`)
  return code
}

const has = (program: string) => spawnSync(program, ['--version']).status === 0

/** A token by the helper of the docs, run as a shop would run it. */
const MAKERS: Record<
  string,
  (folder: string, key: string, userId: string, email: string) => Promise<string>
> = {
  js: async (folder, ...values) => {
    const file = join(folder, 'identityToken.mjs')
    writeFileSync(file, snippet('js'))
    const module = (await import(pathToFileURL(file).href)) as {
      identityToken: (...given: string[]) => string
    }
    return module.identityToken(...values)
  },
  php: async (folder, ...values) => {
    const file = join(folder, 'identity_token.php')
    writeFileSync(file, `<?php\n${snippet('php')}\necho identity_token($argv[1], $argv[2], $argv[3]);`)
    return execFileSync('php', [file, ...values], { encoding: 'utf8' })
  },
  python: async (folder, ...values) => {
    const file = join(folder, 'identity_token.py')
    writeFileSync(file, `${snippet('python')}\nimport sys\nprint(identity_token(*sys.argv[1:]), end="")\n`)
    return execFileSync('python3', [file, ...values], { encoding: 'utf8' })
  },
}
const PROGRAMS: Record<string, string> = { js: process.execPath, php: 'php', python: 'python3' }

describe('an identity token made as docs/identity.md says', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  const key = async (...flags: string[]) => {
    const { code, said } = await runCliIn(server.folder, ['identity-key', ...flags], {
      PORT: new URL(server.url).port,
      CICLO_SECRET_KEY: server.secretKey,
    })
    expect(code).toBe(0)
    return said.join('')
  }

  for (const [language, make] of Object.entries(MAKERS)) {
    it.skipIf(!has(PROGRAMS[language] ?? ''))(
      `in ${language} makes the browser that sends it the customer’s`,
      async () => {
        const userId = `${language}-user`
        const email = `${userId}@example.com`
        const identityToken = await make(server.folder, await key(), userId, email)
        await server.api.send(
          [
            { type: 'page', anonymousId: `${language}-browser` },
            { type: 'identify', anonymousId: `${language}-browser`, userId, context: { identityToken } },
          ],
          server.writeKey,
        )
        const { id } = await server.api.customerWith({ userId })
        expect(await server.api.customer(id)).toMatchObject({ userId, email, claims: {} })
        expect((await server.api.customer(id)).identities).toContainEqual({
          kind: 'anonymousId',
          value: `${language}-browser`,
        })
      },
    )
  }

  it('is void once the command line has renewed the key', async () => {
    const old = await MAKERS['js']!(server.folder, await key(), 'late', 'late@example.com')
    expect(await key('--renew')).not.toBe('')
    await server.api.send(
      [{ type: 'identify', anonymousId: 'late-browser', userId: 'late', context: { identityToken: old } }],
      server.writeKey,
    )
    const late = await server.api.customerWith({ userId: 'late' })
    expect(late).toMatchObject({ userId: null, claims: { userId: 'late' } })
  })
})
