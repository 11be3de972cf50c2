import { SMTPServer } from 'smtp-server'
import type { Role } from '../../src/access/role.ts'
import { createTokens } from '../../src/tokens.ts'
import { createTestCiclo, SECRET, SECRET_KEY } from '../support/createTestCiclo.ts'

export const PASSWORD = 'correct horse battery'
const ORIGIN = 'https://ciclo.shop.example'

/** The cookie that an answer sets, as a browser sends it back; empty where it sets none. */
export const cookieIn = (response: Response) =>
  response.headers
    .getSetCookie()
    .find((cookie) => !/Max-Age=0/.test(cookie))
    ?.split(';', 1)[0] ?? ''

export interface TestTeamOptions {
  smtpUrl?: string
}

/** A Ciclo in this process, and people who come in to it by its own links. */
export async function createTestTeam(
  databaseUrl: string,
  { smtpUrl = 'smtp://127.0.0.1:9' }: TestTeamOptions = {},
) {
  const test = await createTestCiclo({ databaseUrl, smtpUrl })
  const { app } = test.ciclo
  const cookies = new Map<Role, string>()
  const tokens = createTokens(SECRET)

  /** Asks as a browser does whose socket has this address; `local` is this machine. */
  const request = async (path: string, init: RequestInit = {}, address?: string): Promise<Response> =>
    await app.request(
      path,
      init,
      address === undefined ? {} : { incoming: { headers: {}, socket: { remoteAddress: address } } },
    )
  /** Posts as a page of our own does. */
  const post = async (
    path: string,
    body: unknown,
    {
      cookie = '',
      method = 'POST',
      origin = ORIGIN,
      address,
    }: { cookie?: string; method?: string; origin?: string; address?: string } = {},
  ): Promise<Response> =>
    await request(
      path,
      {
        method,
        headers: { origin, cookie, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      address,
    )
  const json = async (response: Promise<Response>) => (await (await response).json()) as Record<string, never>
  const setUpToken = () => tokens.sign('set-up', { w: test.workspaceId })
  const emailOf = (role: Role) => `${role}@shop.example`
  const ownerCookie = () => cookies.get('owner') ?? ''

  return {
    ...test,
    app,
    origin: ORIGIN,
    secretKey: SECRET_KEY,
    tokens,
    request,
    post,
    json,
    setUpToken,
    emailOf,
    cookieOf: (role: Role) => cookies.get(role) ?? '',
    /** Somebody of this role comes in: the owner by the set-up link, the others by the owner's invitation. */
    join: async (role: Role) => {
      const person = { name: `The ${role}`, password: PASSWORD }
      if (role === 'owner') {
        const made = await post(`/api/access/set-up/${setUpToken()}`, { ...person, email: emailOf(role) })
        cookies.set(role, cookieIn(made))
        return
      }
      const invited = await json(
        post('/api/team/invitations', { email: emailOf(role), role }, { cookie: ownerCookie() }),
      )
      const token = String(invited['link']).split('/').at(-1) ?? ''
      cookies.set(role, cookieIn(await post(`/api/access/invitations/${token}`, person)))
    },
    signIn: (email: string, password: string, more: { cookie?: string; address?: string } = {}) =>
      post('/api/auth/sign-in/email', { email, password }, more),
    /** 200 where a cookie is a session, else 401. */
    sessionStatus: async (cookie: string) => (await request('/api/session', { headers: { cookie } })).status,
    /** The audit, newest first, as the owner sees it. */
    audit: async (key = SECRET_KEY) => {
      const headers = { authorization: `Bearer ${key}` }
      const answer = await json(request('/api/audit?limit=200', { headers }))
      return answer['entries'] as unknown as {
        actor: string
        actorName: string | null
        action: string
        subject: string | null
        details: Record<string, unknown>
      }[]
    },
  }
}

export type TestTeam = Awaited<ReturnType<typeof createTestTeam>>

/** An SMTP server that takes everything, and what it was given. */
export async function startMailCatcher() {
  const sources: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      let source = ''
      stream.on('data', (chunk: Buffer) => (source += chunk.toString()))
      stream.on('end', () => {
        sources.push(source)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`,
    sources,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
