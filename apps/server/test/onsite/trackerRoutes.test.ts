import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTrackerRoutes } from '../../src/routes/trackerRoutes.ts'
import { createTestFolder } from '../support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const write = (name: string) => {
  const path = join(folder.path, name)
  writeFileSync(path, `the content of ${name}`)
  return pathToFileURL(path)
}
const script = 'text/javascript; charset=utf-8'
const routes = () =>
  createTrackerRoutes({
    script: write('ciclo.js'),
    sourceMap: write('ciclo.js.map'),
    module: write('ciclo.mjs'),
    others: [
      { path: '/ciclo.onsite.mjs', file: write('ciclo.onsite.mjs'), type: script },
      { path: '/ciclo.onsite.mjs.map', file: write('ciclo.onsite.mjs.map'), type: 'application/json' },
    ],
  })

it.each([
  ['/ciclo.js', script],
  ['/ciclo.js.map', 'application/json'],
  ['/ciclo.mjs', script],
  ['/ciclo.mjs.map', 'application/json'],
  ['/ciclo.onsite.mjs', script],
  ['/ciclo.onsite.mjs.map', 'application/json'],
])('%s is served to every origin, and not twice to who has it', async (path, type) => {
  write('ciclo.mjs.map')
  const app = routes()
  const first = await app.request(path)
  expect(first.status).toBe(200)
  expect(first.headers.get('content-type')).toBe(type)
  expect(first.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await first.text()).toBe(`the content of ${path.slice(1)}`)
  const known = first.headers.get('etag') ?? ''
  expect(known).toMatch(/^"[\da-f]+"$/)
  const second = await app.request(path, { headers: { 'if-none-match': known } })
  expect(second.status).toBe(304)
  expect(second.headers.get('access-control-allow-origin')).toBe('*')
  expect(await second.text()).toBe('')
  expect((await app.request(path, { headers: { 'if-none-match': '"another"' } })).status).toBe(200)
})

it('files that nobody has named are not served', async () => {
  write('secret.js')
  expect((await routes().request('/secret.js')).status).toBe(404)
})
