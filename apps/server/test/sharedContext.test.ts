import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestFolder } from './support/createTestFolder.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const folder = createTestFolder()
let test: TestCiclo
beforeAll(async () => {
  test = await createTestCiclo({ databaseUrl: `file:${folder.path}/ciclo.db`, smtpUrl: 'smtp://127.0.0.1:9' })
})
afterAll(async () => {
  await test.stop()
  folder.remove()
})

const send = async (events: number, context: Record<string, unknown>) => {
  const batch = Array.from({ length: events }, () => ({ type: 'page', anonymousId: 'a1' }))
  const body = JSON.stringify({ writeKey: 'write-key-of-the-tests', batch, context })
  expect(body.length).toBeLessThan(512 * 1024)
  const { status } = await test.ciclo.app.request('/v1/batch', { method: 'POST', body })
  return status
}
const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]))

it.each([
  ['takes a context that a batch shares', 2_500, fields(100), 200],
  // Copied into each event, this one kept the server busy for 107 s before every event was found too large.
  ['refuses at once a large context that a large batch shares', 2_500, fields(30_000), 413],
  ['refuses a context that would make a small request many megabytes', 2_500, fields(2_000), 413],
])(
  '%s',
  async (_name, events, context, status) => {
    expect(await send(events, context)).toBe(status)
  },
  10_000,
)
