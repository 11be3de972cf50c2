import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStudioRoutes } from '../src/routes/studioRoutes.ts'
import { createTestFolder } from './support/createTestFolder.ts'

describe('The studio is served', () => {
  const folder = createTestFolder()
  const routes = createStudioRoutes({
    folder: pathToFileURL(join(folder.path, 'dist/')),
    paths: ['', 'customers'],
  })
  const ask = (path: string) => routes.request(path)

  beforeAll(() => {
    mkdirSync(join(folder.path, 'dist/assets'), { recursive: true })
    writeFileSync(
      join(folder.path, 'dist/index.html'),
      '<meta name="style-nonce" content="__STYLE_NONCE__" />',
    )
    writeFileSync(join(folder.path, 'dist/assets/main-1a2B_3c.js'), 'start()')
    writeFileSync(join(folder.path, 'dist/assets/notes.txt'), 'not for browsers')
    writeFileSync(join(folder.path, 'secret.js'), 'secret')
  })
  afterAll(() => folder.remove())

  it.each(['/', '/customers', '/customers/01KAMN5W3DYFXHXK4T0Q0R9Z1B', '/customers/a/b'])(
    'with its page at %s, under a policy that lets nothing inline run',
    async (path) => {
      const response = await ask(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-')
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1]
      expect(await response.text()).toBe(`<meta name="style-nonce" content="${nonce}" />`)
    },
  )

  it('with another nonce for each page', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, async () => await (await ask('/')).text()))
    expect(new Set(pages).size).toBe(20)
  })

  it('with assets that a browser may keep for good', async () => {
    const response = await ask('/studio/assets/main-1a2B_3c.js')
    expect(await response.text()).toBe('start()')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('cache-control')).toContain('immutable')
  })

  it.each([
    '/studio/assets/missing.js',
    '/studio/assets/notes.txt',
    '/studio/assets/..%2F..%2Fsecret.js',
    '/studio/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '/studio/assets/..\\..\\secret.js',
    '/studio/assets/.hidden.js',
    '/studio/assets/',
    '/studio/index.html',
    '/elsewhere',
  ])('and with nothing else: %s', async (path) => {
    expect((await ask(path)).status).toBe(404)
  })
})
