import { Hono, type Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import type { Auth } from '../access/createAuth.ts'
import type { SignInGuard } from '../access/createSignInGuard.ts'
import { PasswordSchema, PersonNameSchema } from '../access/credentials.ts'
import type { FindSession, Session } from '../access/session.ts'
import { CicloError } from '../errors.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { dropEndedSessions, findPerson, membershipOf, renamePerson } from '../store/queries/people.ts'
import { firstWorkspaceId } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { secretBodyOf } from './bodyOf.ts'
import { requireSameOrigin } from './sameOrigin.ts'

const SignInSchema = z.strictObject({
  // Not looked at any closer: whatever it is, it is nobody's or somebody's.
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(1_000),
})
const PasswordChangeSchema = z.strictObject({
  currentPassword: z.string().max(1_000),
  newPassword: PasswordSchema,
})
const RenameSchema = z.strictObject({ name: PersonNameSchema })

export interface SignInRoutesOptions {
  store: Store
  openAuth: () => Promise<Auth>
  findSession: FindSession
  guard: SignInGuard
  clientOf: ClientAddress
  hash: (workspaceId: string, address: string) => string
  publicUrl: () => string
  now: () => number
  newId: () => string
}

/** Only a page of our own may sign somebody in or out, or change who they are. */
export const fromOwnPages = (publicUrl: () => string) =>
  createMiddleware(async (context, next) => {
    context.header('cache-control', 'no-store')
    requireSameOrigin(context, publicUrl())
    await next()
  })

/** Passes the cookies of an answer of better-auth on. */
function passCookies(context: Context, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) context.header('set-cookie', cookie, { append: true })
}

/** What signs people in and out by better-auth, guarded and written down. */
export function createSignIn(options: SignInRoutesOptions) {
  const { store, openAuth, guard, clientOf, hash, now, newId } = options

  /** Where a wrong password is written down: in the workspace of whose it is, else in the first. */
  const noteRefusal = async (email: string, action: string) => {
    await store.write(async (tx) => {
      const person = await findPerson(tx, email)
      const membership = person && (await membershipOf(tx, person.id))
      const workspaceId = membership?.workspaceId ?? (await firstWorkspaceId(tx))
      if (workspaceId === undefined) return
      const subject = hash(workspaceId, email)
      const details = { known: person !== undefined }
      await insertAudit(tx, workspaceId, [
        { id: newId(), at: now(), actor: 'nobody', action, subject, details },
      ])
    })
  }

  /**
   * Begins a new session, always under a new id, and ends the one that the browser has brought. Throws `wrong-password`
   * for whatever is wrong.
   */
  const begin = async (context: Context, email: string, password: string): Promise<void> => {
    const auth = await openAuth()
    const answer = await auth.api.signInEmail({
      body: { email, password },
      headers: new Headers(),
      asResponse: true,
    })
    if (answer.status >= 500) throw new CicloError('internal', 'Nobody could be signed in')
    if (!answer.ok) throw new CicloError('wrong-password', 'The e-mail address or the password is wrong')
    await auth.api.signOut({ headers: context.req.raw.headers })
    passCookies(context, answer)
    await store.write(async (tx) => {
      await dropEndedSessions(tx, new Date())
      const person = await findPerson(tx, email)
      const membership = person && (await membershipOf(tx, person.id))
      if (!membership) return
      const { workspaceId } = membership
      const actor = `user ${person.id}`
      const subject = hash(workspaceId, email)
      await insertAudit(tx, workspaceId, [
        { id: newId(), at: now(), actor, action: 'session.started', subject, details: {} },
      ])
    })
  }

  return {
    begin,
    /** The same for who has nothing but the password: throws `too-many-requests` once it was wrong too often. */
    byPassword: async (context: Context, email: string, password: string): Promise<void> => {
      const attempt = guard.attempt(clientOf(context), email)
      try {
        await begin(context, email, password)
      } catch (error) {
        if (error instanceof CicloError && error.code === 'wrong-password')
          await noteRefusal(email, attempt.isLast() ? 'session.locked' : 'session.refused')
        throw error
      }
      attempt.forgive()
    },
  }
}

export type SignIn = ReturnType<typeof createSignIn>

/** Signing in and out, one's own name and password: what the studio asks of `/api/auth`. */
export function createSignInRoutes(options: SignInRoutesOptions & { signIn: SignIn }) {
  const { store, openAuth, findSession, guard, clientOf, publicUrl, now, newId, signIn } = options

  const sessionOf = async (context: Context): Promise<Session> => {
    const session = await findSession(context.req.raw)
    if (!session) throw new CicloError('unknown-key', 'The session has ended: sign in again')
    return session
  }
  const entryOf = ({ user }: Session, action: string) => ({
    id: newId(),
    at: now(),
    actor: `user ${user.id}`,
    action,
    subject: null,
    details: {},
  })
  const note = (session: Session, action: string) =>
    store.write((tx) => insertAudit(tx, session.workspaceId, [entryOf(session, action)]))

  return new Hono()
    .use(fromOwnPages(publicUrl))
    .post('/sign-in/email', async (context) => {
      const { email, password } = await secretBodyOf(context, SignInSchema)
      await signIn.byPassword(context, email, password)
      return context.json({ ok: true })
    })
    .post('/sign-out', async (context) => {
      const session = await findSession(context.req.raw)
      const auth = await openAuth()
      passCookies(context, await auth.api.signOut({ headers: context.req.raw.headers, asResponse: true }))
      if (session) await note(session, 'session.ended')
      return context.json({ ok: true })
    })
    .post('/change-password', async (context) => {
      const session = await sessionOf(context)
      const body = await secretBodyOf(context, PasswordChangeSchema)
      const attempt = guard.attempt(clientOf(context), session.user.email)
      const auth = await openAuth()
      const answer = await auth.api.changePassword({
        body: { ...body, revokeOtherSessions: true },
        headers: context.req.raw.headers,
        asResponse: true,
      })
      if (answer.status >= 500) throw new CicloError('internal', 'The password could not be changed')
      if (!answer.ok) throw new CicloError('forbidden', 'The current password is wrong')
      attempt.forgive()
      passCookies(context, answer)
      await note(session, 'password.changed')
      return context.json({ ok: true })
    })
    .post('/update-user', async (context) => {
      const session = await sessionOf(context)
      const { name } = await secretBodyOf(context, RenameSchema)
      await store.write(async (tx) => {
        await renamePerson(tx, session.user.id, name, now())
        await insertAudit(tx, session.workspaceId, [entryOf(session, 'person.renamed')])
      })
      return context.json({ ok: true })
    })
}
