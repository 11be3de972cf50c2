import { createAuthAdapter } from './createAuthAdapter.ts'
import { hashPassword, verifyPassword } from './passwordHash.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './credentials.ts'
import type { Store } from '../store/store.ts'

/** How long somebody stays signed in, whatever they do, in seconds. */
const SESSION_LIFE = 14 * 24 * 60 * 60

export interface AuthOptions {
  store: Store
  /** Signs the cookies. */
  secret: string
  publicUrl: () => string
}

async function openAuth({ store, secret, publicUrl }: AuthOptions) {
  const { betterAuth } = await import('better-auth/minimal')
  return betterAuth({
    appName: 'Ciclo',
    baseURL: publicUrl(),
    secret,
    database: createAuthAdapter(store),
    telemetry: { enabled: false },
    // Its lines would name addresses; what happens is in the audit.
    logger: { disabled: true },
    // Ours count by account and address, see `createSignInGuard`.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: SESSION_LIFE, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: 'ciclo',
      useSecureCookies: publicUrl().startsWith('https:'),
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
  })
}

export type Auth = Awaited<ReturnType<typeof openAuth>>

/**
 * better-auth, for e-mail and password alone. Opened by the first who asks: a command of the CLI does without, and the
 * address of the installation is known by then.
 */
export function createAuth(options: AuthOptions): () => Promise<Auth> {
  let opened: Promise<Auth> | undefined
  return () => (opened ??= openAuth(options))
}
