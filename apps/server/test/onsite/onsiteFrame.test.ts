import { expect, it } from 'vitest'
import { createOnsiteFrameRoutes } from '../../src/routes/onsiteFrameRoutes.ts'

const routes = createOnsiteFrameRoutes()

it('the preview of messages is a page of nobody’s origin, which runs our scripts alone and sends nothing', async () => {
  const page = await routes.request('/onsite-preview')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-scripts allow-forms',
    ]),
  )
  expect(policy).not.toMatch(/unsafe|allow-same-origin|connect-src/)
  const text = await page.text()
  expect(text).not.toMatch(/<script>|<style>| on\w+=| style=/)
  const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(parts).toEqual(['/onsite-preview/shop.css', '/onsite-preview/show.js'])
  const types = await Promise.all(
    parts.map(async (path) => (await routes.request(path)).headers.get('content-type')),
  )
  expect(types).toEqual(['text/css; charset=utf-8', 'text/javascript; charset=utf-8'])
})
