import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES } from '../../src/access/role.ts'
import { PEOPLE_ONLY, PERMISSIONS } from '../../src/routes/permissions.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { createTestTeam, type TestTeam } from './testTeam.ts'

/** Routes below /api that ask for no key and no session, and why each may. */
const OPEN = new Set([
  // What the API is, is no secret.
  'GET /api/openapi.json',
  // On loopback alone, where the clock is a test's.
  'POST /api/test/clock',
  // Doors: each asks for a password, a cookie or a link of its own.
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'POST /api/auth/change-password',
  'POST /api/auth/update-user',
  'GET /api/access/set-up/:token',
  'POST /api/access/set-up/:token',
  'GET /api/access/invitations/:token',
  'POST /api/access/invitations/:token',
  'GET /api/access/resets/:token',
  'POST /api/access/resets/:token',
])

const routesOf = ({ routes }: TestTeam['app']) => [
  ...new Set(
    routes
      .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
      .map(({ path, method }) => `${method} ${path}`),
  ),
]

const createDatabase = useSqlite()
let team: TestTeam
beforeAll(async () => {
  team = await createTestTeam(await createDatabase())
  for (const role of ROLES) await team.join(role)
})
afterAll(() => team.stop())

/** Asks a route with nothing that it could work with: what matters is whether it is refused before it begins. */
const ask = async (route: string, headers: Record<string, string>) => {
  const [method = '', path = ''] = route.split(' ')
  // No such thing is there, so nothing of the others is changed; a live stream is ended at once.
  const response = await team.request(path.replaceAll(/:\w+/g, 'nothing'), {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{"unknown":' }),
  })
  await response.body?.cancel()
  return response.status
}

it('every route of the API has a row in the permissions, and every row its route', () => {
  const routes = routesOf(team.app).filter((route) => !OPEN.has(route))
  expect(routes.toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted())
  expect(routesOf(team.app)).toEqual(expect.arrayContaining([...OPEN]))
})

describe.each(ROLES)('A session of the role %s', (role) => {
  it.each(Object.entries(PERMISSIONS))('may call %s only if %s', async (route, roles) => {
    const status = await ask(route, { cookie: team.cookieOf(role), origin: team.origin })
    // What is allowed fails for want of what it is about, if at all.
    if (roles.includes(role)) expect([401, 403]).not.toContain(status)
    else expect(status).toBe(403)
  })
})

it.each(Object.keys(PERMISSIONS))('%s is nobody’s without a key or a session', async (route) => {
  expect(await ask(route, {})).toBe(401)
  expect(await ask(route, { authorization: 'Bearer no-such-key' })).toBe(401)
})

it.each(Object.keys(PERMISSIONS))('%s is for a secret key, unless it is for people only', async (route) => {
  const status = await ask(route, { authorization: `Bearer ${team.secretKey}` })
  if (PEOPLE_ONLY.has(route)) expect(status).toBe(403)
  else expect([401, 403]).not.toContain(status)
})

it('what is not there is told to every role alike', async () => {
  const cookie = team.cookieOf('analyst')
  expect((await team.request('/api/no-such-thing', { headers: { cookie } })).status).toBe(404)
})

it('a session sends HEAD for what it may GET, and for nothing else', async () => {
  const head = async (path: string) =>
    (await team.request(path, { method: 'HEAD', headers: { cookie: team.cookieOf('analyst') } })).status
  expect(await head('/api/customers')).toBe(200)
  expect(await head('/api/team')).toBe(403)
})

it('a marketer changes settings, but not what browsers are believed', async () => {
  const patch = async (role: 'marketer' | 'developer', body: object) =>
    (
      await team.request('/api/settings', {
        method: 'PATCH',
        headers: { cookie: team.cookieOf(role), origin: team.origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).status
  expect(await patch('marketer', { shop: { name: 'Cafetal' } })).toBe(200)
  expect(await patch('marketer', { browserOrdersAreRevenue: true })).toBe(403)
  expect(await patch('marketer', { allowedOrigins: [] })).toBe(403)
  expect(await patch('developer', { allowedOrigins: ['https://shop.example'] })).toBe(200)
})
