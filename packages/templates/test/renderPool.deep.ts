import { expect, it } from 'vitest'
import { createRenderPool } from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'
import { sampleRequest } from './sampleData.ts'

it('a template that was stopped three times in a row is left alone for a while', async () => {
  let now = 0
  const pool = createRenderPool({ processes: 1, deadline: 300, memory: 96, now: () => now })
  const endless = { ...minimalSource(), mjml: '<mj-a '.repeat(33_000) }
  for (let time = 0; time < 3; time += 1)
    await expect(pool.render(endless, {}, sampleRequest())).rejects.toThrow('took longer than 300 ms')
  await expect(pool.render(endless, {}, sampleRequest())).rejects.toThrow('is left alone')
  now = 11 * 60_000
  await expect(pool.render(endless, {}, sampleRequest())).rejects.toThrow('took longer than 300 ms')
  await pool.stop()
})

it('a template that a process has made room for others is told to it again', async () => {
  const pool = createRenderPool({ processes: 1 })
  const data = { ...sampleRequest().data, purpose: 'transactional' as const }
  const sources = Array.from({ length: 60 }, (_, n) =>
    minimalSource({ body: `<mj-text>Mail ${n}.</mj-text>` }),
  )
  for (let round = 0; round < 2; round += 1)
    for (const [n, source] of sources.entries())
      expect((await pool.render(source, {}, sampleRequest({ data }))).text).toContain(`Mail ${n}.`)
  await pool.stop()
})
