import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCliIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'

const SECRET = 'the secret of a server and of its command line'
const PERSON = { name: 'Olga', email: 'olga@shop.example', password: 'correct horse battery' }

describe('ciclo user', () => {
  let server: TestServer
  const folder = createTestFolder()
  beforeAll(async () => {
    server = await startTestServer({ environment: { CICLO_SECRET: SECRET } })
  })
  afterAll(async () => {
    await server.stop()
    folder.remove()
  })

  const ciclo = (...argv: string[]) =>
    runCliIn(folder.path, argv, {
      CICLO_SECRET: SECRET,
      PORT: new URL(server.url).port,
      DATABASE_URL: `file:${server.folder}/ciclo.db`,
    })
  const post = (path: string, body: object) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  /** Does by a link what its page does. */
  const follow = (link: string, path: string, body: object) =>
    post(`/api/access/${path}/${new URL(link).pathname.split('/').at(-1)}`, body)
  const signIn = async (password: string) =>
    (await post('/api/auth/sign-in/email', { email: PERSON.email, password })).status

  it('link makes the first owner, and once there is one says what to do instead', async () => {
    const { code, said, warned } = await ciclo('user', 'link')
    expect(code).toBe(0)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(new RegExp(`^${server.url}/set-up/`))
    expect(warned[0]).toMatch(/^Makes the first owner: it works once, until there is one; of the server on /)
    expect((await follow(said[0] ?? '', 'set-up', PERSON)).status).toBe(200)
    expect(await ciclo('user', 'link')).toMatchObject({
      code: 1,
      said: [],
      warned: ['There is an owner already: name the address of somebody who needs another password'],
    })
  })

  it('reset lets somebody in who has locked themselves out', async () => {
    for (let count = 0; count < 11; count += 1) await signIn('a wrong password')
    expect(await signIn(PERSON.password)).toBe(429)
    const { code, said } = await ciclo('user', 'reset', 'Olga@shop.example')
    expect(code).toBe(0)
    const reset = { password: 'quite another passphrase' }
    expect((await follow(said[0] ?? '', 'resets', reset)).status).toBe(200)
    expect((await follow(said[0] ?? '', 'resets', reset)).status).toBe(404)
  })

  it('reset says who is not there', async () => {
    expect(await ciclo('user', 'reset', 'nobody@shop.example')).toMatchObject({
      code: 1,
      warned: ['Nobody here signs in as nobody@shop.example'],
    })
  })
})
