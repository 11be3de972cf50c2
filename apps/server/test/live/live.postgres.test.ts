import { expect, it, onTestFinished, vi } from 'vitest'
import { createTestCiclo, SECRET_KEY } from '../support/createTestCiclo.ts'
import { usePostgres } from '../support/usePostgres.ts'
import { followLive } from './followLive.ts'
import { liveContract } from './live.contract.ts'

const createDatabase = usePostgres()
liveContract('PostgreSQL', createDatabase)

it('A page that follows one server is told what another one commits, and may go on at that one', async () => {
  const databaseUrl = await createDatabase()
  const servers = []
  for (let place = 0; place < 2; place += 1) {
    const server = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
    onTestFinished(() => server.stop())
    servers.push(server)
  }
  const [one, other] = servers
  if (!one || !other) throw new Error('Two servers were started')
  let events = 0
  const track = (server: typeof one) => {
    events += 1
    return server.ciclo.ingest.submit([
      server.item(
        'secret',
        { type: 'track', name: `Event ${events}`, userId: 'u1' },
        { id: `event-${events}` },
      ),
    ])
  }
  await track(one)
  const id = (await one.customer('userId=u1'))?.id ?? ''
  const versionAt = async (server: typeof one) =>
    (await server.request(`/api/customers/${id}/version`))['version'] as string
  expect(await versionAt(one)).toBe(await versionAt(other))

  const askAt = (server: typeof one) => (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${SECRET_KEY}`)
    return server.ciclo.app.request(path, { ...init, headers })
  }
  const path = `/api/customers/${id}/live`
  const first = await followLive(askAt(one), path, { since: await versionAt(one) })
  onTestFinished(() => first.stop())
  await track(other)
  await vi.waitFor(() => expect(first.events).toHaveLength(1), { timeout: 10_000 })

  // The first server dies; what happens meanwhile is told once, by the other one.
  one.ciclo.closeStreams()
  await first.ended
  await track(other)
  const second = await followLive(askAt(other), path, { lastEventId: first.events[0]?.id ?? '' })
  onTestFinished(() => second.stop())
  await vi.waitFor(async () => expect(second.events.at(-1)?.id).toBe(await versionAt(other)), {
    timeout: 10_000,
  })
  expect(second.events).toHaveLength(1)
  expect(second.events[0]?.data.parts).toContain('events')
})
