import { Hono } from 'hono'
import { z } from 'zod'
import { hashInvitation, passwordMark } from '../access/accessLinks.ts'
import { AddressSchema, PasswordSchema, PersonNameSchema } from '../access/credentials.ts'
import { hashPassword } from '../access/passwordHash.ts'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { acceptInvitation, findInvitation } from '../store/queries/invitations.ts'
import {
  countOwners,
  findPerson,
  insertPerson,
  membershipOf,
  readPasswordOf,
  replacePassword,
} from '../store/queries/people.ts'
import { lockWorkspace, readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { Tokens } from '../tokens.ts'
import { secretBodyOf } from './bodyOf.ts'
import { fromOwnPages, type SignIn } from './signInRoutes.ts'

const SetUpSchema = z.strictObject({
  name: PersonNameSchema,
  email: AddressSchema,
  password: PasswordSchema,
})
const AcceptSchema = SetUpSchema.omit({ email: true })
const ResetSchema = SetUpSchema.pick({ password: true })

export interface AccessRoutesOptions {
  store: Store
  secret: string
  tokens: Tokens
  signIn: SignIn
  hash: (workspaceId: string, address: string) => string
  publicUrl: () => string
  now: () => number
  newId: () => string
}

/** The same for a link that never was, has been used, was withdrawn, or has expired: which, is nobody's business. */
const unfit = () =>
  new CicloError('not-found', 'This link does not work, or not any more: each works once, and for a time')

const shopOf = async (tx: ReadTx, workspaceId: string): Promise<string> => {
  const workspace = await readWorkspace(tx, workspaceId)
  if (!workspace) throw unfit()
  return workspace.settings.shop.name || workspace.name
}

/** What the links do that let people in: of the set-up, of an invitation, and for another password. */
export function createAccessRoutes(options: AccessRoutesOptions) {
  const { store, secret, tokens, signIn, hash, publicUrl, now, newId } = options

  /** A workspace that waits for its first owner. */
  const waiting = async (tx: ReadTx, token: string): Promise<string> => {
    const workspaceId = tokens.verify('set-up', token)?.w
    if (workspaceId === undefined || (await countOwners(tx, workspaceId)) > 0) throw unfit()
    return workspaceId
  }
  const invitationOf = async (tx: ReadTx, token: string) => {
    const invitation = await findInvitation(tx, hashInvitation(secret, token), now())
    if (!invitation) throw unfit()
    return invitation
  }
  const resetOf = async (tx: ReadTx, token: string) => {
    const reset = tokens.verify('reset', token)
    const person = reset && reset.x > now() ? await readPasswordOf(tx, reset.u) : undefined
    if (!person || passwordMark(person.passwordHash) !== reset?.p) throw unfit()
    return person
  }
  const entryOf = (
    actor: string,
    action: string,
    subject: string,
    details: Record<string, unknown> = {},
  ) => ({
    id: newId(),
    at: now(),
    actor,
    action,
    subject,
    details,
  })

  return new Hono()
    .use(fromOwnPages(publicUrl))
    .get('/set-up/:token', async (context) => {
      const shop = await store.read(async (tx) => shopOf(tx, await waiting(tx, context.req.param('token'))))
      return context.json({ shop })
    })
    .post('/set-up/:token', async (context) => {
      const token = context.req.param('token')
      const { name, email, password } = await secretBodyOf(context, SetUpSchema)
      await store.read((tx) => waiting(tx, token))
      const passwordHash = await hashPassword(password)
      const id = newId()
      await store.write(async (tx) => {
        const workspaceId = tokens.verify('set-up', token)?.w ?? ''
        // Of two who use the link at once, the second finds an owner.
        await lockWorkspace(tx, workspaceId)
        await waiting(tx, token)
        if (await findPerson(tx, email))
          throw new CicloError('conflict', `${email} signs in here already, for another workspace`)
        await insertPerson(
          tx,
          { id, name, email, passwordHash },
          { workspaceId, role: 'owner', createdAt: now() },
        )
        const entry = entryOf(`user ${id}`, 'owner.made', hash(workspaceId, email))
        await insertAudit(tx, workspaceId, [entry])
      })
      await signIn.begin(context, email, password)
      return context.json({ ok: true })
    })
    .get('/invitations/:token', async (context) =>
      context.json(
        await store.read(async (tx) => {
          const { workspaceId, email, role } = await invitationOf(tx, context.req.param('token'))
          return { email, role, shop: await shopOf(tx, workspaceId) }
        }),
      ),
    )
    .post('/invitations/:token', async (context) => {
      const token = context.req.param('token')
      const { name, password } = await secretBodyOf(context, AcceptSchema)
      await store.read((tx) => invitationOf(tx, token))
      const passwordHash = await hashPassword(password)
      const id = newId()
      const email = await store.write(async (tx) => {
        const invitation = await invitationOf(tx, token)
        const { workspaceId, role } = invitation
        if (!(await acceptInvitation(tx, invitation, now()))) throw unfit()
        const person = { id, name, email: invitation.email, passwordHash }
        if (await findPerson(tx, person.email))
          throw new CicloError('conflict', `${person.email} signs in here already`)
        await insertPerson(tx, person, { workspaceId, role, createdAt: now() })
        const entry = entryOf(`user ${id}`, 'invitation.accepted', hash(workspaceId, person.email), { role })
        await insertAudit(tx, workspaceId, [entry])
        return person.email
      })
      await signIn.begin(context, email, password)
      return context.json({ ok: true })
    })
    .get('/resets/:token', async (context) => {
      const { email } = await store.read((tx) => resetOf(tx, context.req.param('token')))
      return context.json({ email })
    })
    .post('/resets/:token', async (context) => {
      const token = context.req.param('token')
      const { password } = await secretBodyOf(context, ResetSchema)
      await store.read((tx) => resetOf(tx, token))
      const passwordHash = await hashPassword(password)
      const email = await store.write(async (tx) => {
        const person = await resetOf(tx, token)
        await replacePassword(tx, person.id, passwordHash, now())
        const membership = await membershipOf(tx, person.id)
        if (!membership) throw unfit()
        const { workspaceId } = membership
        const entry = entryOf(`user ${person.id}`, 'password.reset', hash(workspaceId, person.email))
        await insertAudit(tx, workspaceId, [entry])
        return person.email
      })
      await signIn.begin(context, email, password)
      return context.json({ ok: true })
    })
}
