import { vi } from 'vitest'
import type { TestServer } from '../../../server/test/support/startTestServer.ts'

export const OWNER = { name: 'Olga Owner', email: 'olga@shop.example', password: 'correct horse battery' }

/** The set-up link that a server without an owner has printed. */
export const setUpLinkOf = (server: TestServer): Promise<string> =>
  vi.waitFor(
    () => {
      const link = /^Open (\S+) to make the first owner$/m.exec(server.output())?.[1]
      if (link === undefined) throw new Error(`No set-up link was printed: ${server.output()}`)
      return link
    },
    { timeout: 10_000 },
  )

/** Makes the first owner by the set-up link: the cookie of their session, as `name` and `value`. */
export async function makeOwner(server: TestServer): Promise<{ name: string; value: string }> {
  const token = (await setUpLinkOf(server)).split('/').at(-1) ?? ''
  const response = await fetch(`${server.url}/api/access/set-up/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(OWNER),
  })
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '') ?? []
  if (!response.ok || name === '') throw new Error(`The owner was not made: ${await response.text()}`)
  return { name, value }
}
