import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createTestFolder } from '../support/createTestFolder.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'
import { followLive } from './followLive.ts'

const fetchAt =
  ({ url, secretKey }: TestServer) =>
  (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${secretKey}`)
    return fetch(`${url}${path}`, { ...init, headers })
  }

const versionOf = async (server: TestServer, id: string) => {
  const response = await fetchAt(server)(`/api/customers/${id}/version`, {})
  return ((await response.json()) as { version: string }).version
}

it('Who follows a server that is killed goes on at the next: what happened in between is told once', async () => {
  const folder = createTestFolder()
  onTestFinished(folder.remove)
  const start = async () => {
    const server = await startTestServer({ folder: folder.path })
    onTestFinished(async () => void (await server.kill()))
    return server
  }
  let server = await start()
  let sent = 0
  const track = async () => {
    sent += 1
    await server.api.send([{ type: 'track', event: `Event ${sent}`, userId: 'u1', messageId: `m-${sent}` }])
  }
  await track()
  const { id } = await server.api.customerWith({ userId: 'u1' })
  let held = await versionOf(server, id)
  for (let kills = 0; kills < 2; kills += 1) {
    const stream = await followLive(fetchAt(server), `/api/customers/${id}/live`, { lastEventId: held })
    await track()
    await vi.waitFor(() => expect(stream.events.length).toBeGreaterThan(0))
    held = stream.events.at(-1)?.id ?? ''
    // Stored and acknowledged, and perhaps not told any more.
    await track()
    await server.kill()
    await stream.ended
    held = stream.events.at(-1)?.id ?? held
    server = await start()
    const next = await followLive(fetchAt(server), `/api/customers/${id}/live`, { lastEventId: held })
    const now = await versionOf(server, id)
    if (held === now) {
      // It was told before the kill: the next change is the first thing that is told.
      await track()
      await vi.waitFor(() => expect(next.events).toHaveLength(1))
    } else await vi.waitFor(() => expect(next.events.map((event) => event.id)).toEqual([now]))
    held = next.events.at(-1)?.id ?? ''
    await next.stop()
  }
  expect(new Set((await server.api.events(id)).map(({ name }) => name)).size).toBe(sent)
})

it('SIGTERM ends a server in time whose streams are open, read and unread', async () => {
  const server = await startTestServer()
  onTestFinished(async () => void (await server.kill()))
  await server.api.send([{ type: 'track', event: 'One', userId: 'u1' }])
  const { id } = await server.api.customerWith({ userId: 'u1' })
  const stream = await followLive(fetchAt(server), `/api/customers/${id}/live`)
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
  silent.on('error', () => {})
  await once(silent, 'connect')
  silent.pause()
  silent.write(
    `GET /api/customers/${id}/live HTTP/1.1\r\nhost: ciclo\r\nauthorization: Bearer ${server.secretKey}\r\n\r\n`,
  )
  await vi.waitFor(() => expect(stream.events).toHaveLength(1))
  const { code, duration } = await server.stop()
  await stream.ended
  expect(code).toBe(0)
  expect(duration).toBeLessThan(5_000)
})
