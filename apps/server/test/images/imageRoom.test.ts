import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTurns } from '../../src/images/createTurns.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'

const createDatabase = useSqlite()
let test: TestCiclo
beforeAll(async () => {
  test = await createTestCiclo({
    databaseUrl: await createDatabase(),
    smtpUrl: 'smtp://127.0.0.1:9',
    demo: true,
  })
})
afterAll(() => test.stop())

it('has room for a hundred images in the demo', async () => {
  const bytes = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const upload = async () =>
    await test.ciclo.app.request('/api/images', {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      body: Uint8Array.from(bytes),
    })
  for (let count = 0; count < 100; count += 1) expect((await upload()).status).toBe(200)
  const refused = await upload()
  expect({ status: refused.status, body: await refused.json() }).toMatchObject({
    status: 409,
    body: { detail: 'There are 100 images, expected at most 100' },
  })
})

it('reads two images at once, lets others wait, and refuses whom it cannot let wait', async () => {
  const take = createTurns(2, 1)
  const ends: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => ends.push(resolve))
  const running = [take(work), take(work), take(work)]
  expect(ends).toHaveLength(2)
  await expect(take(work)).rejects.toMatchObject({ code: 'too-many-requests' })
  ends[0]?.()
  await running[0]
  expect(ends).toHaveLength(3)
  ends[1]?.()
  ends[2]?.()
  await Promise.all(running)
  await take(async () => {})
})
