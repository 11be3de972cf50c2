import { Hono, type Context } from 'hono'
import {
  INVITATION_LIFE,
  invitationLink,
  makeInvitationToken,
  RESET_LIFE,
  resetLink,
  setUpLink,
} from '../access/accessLinks.ts'
import type { MailInvitation } from '../access/createMailInvitation.ts'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import {
  readInvitations,
  saveInvitation,
  withdrawInvitation,
  type Invitation,
} from '../store/queries/invitations.ts'
import {
  changeRole,
  countOwners,
  findByPassword,
  findPerson,
  readMember,
  readTeam,
  removeMember,
  type Member,
} from '../store/queries/people.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { Tokens } from '../tokens.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import {
  InviteRequestSchema,
  LinkRequestSchema,
  LinkSchema,
  MadeInvitationSchema,
  MemberSchema,
  RemovedMemberSchema,
  RoleRequestSchema,
  TeamSchema,
  WithdrawnSchema,
} from './teamSchemas.ts'

const describe = describer('team', 'There is nobody like that')

export interface TeamRoutesOptions {
  store: Store
  secret: string
  tokens: Tokens
  mailInvitation: MailInvitation
  /** The demo has one visitor, who signs in by nothing. */
  demo: boolean
  hash: (workspaceId: string, address: string) => string
  publicUrl: () => string
  now: () => number
  newId: () => string
}

const presentMember = ({ id, name, email, role, createdAt }: Member) => ({
  id,
  name,
  email,
  role,
  joinedAt: iso(createdAt),
})

const presentInvitation = ({ id, email, role, createdAt, expiresAt }: Invitation, now: number) => ({
  id,
  email,
  role,
  createdAt: iso(createdAt),
  expiresAt: iso(expiresAt),
  expired: expiresAt <= now,
})

const expectMember = async (tx: ReadTx, workspaceId: string, id: string): Promise<Member> => {
  const member = await readMember(tx, workspaceId, id)
  if (!member) throw new CicloError('not-found', `Nobody here has the id ${id}`)
  return member
}

/** Throws where a shop would be left without anybody who may do everything. */
const expectOtherOwner = async (tx: ReadTx, workspaceId: string, { role }: Member) => {
  if (role === 'owner' && (await countOwners(tx, workspaceId)) < 2)
    throw new CicloError('conflict', 'This is the last owner: make somebody else an owner first')
}

/** Who works in a workspace, as what, and who was asked to. */
export function createTeamRoutes(options: TeamRoutesOptions) {
  const { store, secret, tokens, mailInvitation, demo, hash, publicUrl, now, newId } = options

  const entryOf = (
    context: Context<ApiEnvironment>,
    action: string,
    email: string,
    details: Record<string, unknown> = {},
  ) => {
    const subject = hash(context.get('workspaceId'), email)
    return auditEntry(context, { now, newId }, { action, subject, details })
  }

  const firstOwnerLink = async (context: Context<ApiEnvironment>) => {
    const workspaceId = context.get('workspaceId')
    if ((await store.read((tx) => countOwners(tx, workspaceId))) > 0)
      throw new CicloError(
        'conflict',
        'There is an owner already: name the address of somebody who needs another password',
      )
    return { link: setUpLink(publicUrl(), tokens, workspaceId), until: null }
  }
  const passwordLink = async (context: Context<ApiEnvironment>, email: string) => {
    const workspaceId = context.get('workspaceId')
    const { id, passwordHash } = await store.write(async (tx) => {
      const person = await findByPassword(tx, email)
      if (!person || !(await readMember(tx, workspaceId, person.id)))
        throw new CicloError('not-found', `Nobody here signs in as ${email}`)
      await insertAudit(tx, workspaceId, [entryOf(context, 'password.link-made', email)])
      return person
    })
    const until = now() + RESET_LIFE
    return { link: resetLink(publicUrl(), tokens, { userId: id, passwordHash, until }), until }
  }

  return new Hono<ApiEnvironment>()
    .get('/', describe('Who works here, and who was invited', TeamSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      return context.json(
        await store.read(async (tx) => ({
          members: (await readTeam(tx, workspaceId)).map(presentMember),
          invitations: (await readInvitations(tx, workspaceId)).map((one) => presentInvitation(one, now())),
        })),
      )
    })
    .post(
      '/invitations',
      describe(
        'Invites somebody, in place of an earlier invitation of the same address',
        MadeInvitationSchema,
        InviteRequestSchema,
      ),
      async (context) => {
        const { email, role } = await bodyOf(context, InviteRequestSchema)
        if (demo) throw new CicloError('conflict', 'The demo has no team: nobody could sign in to it')
        const workspaceId = context.get('workspaceId')
        const { token, tokenHash } = makeInvitationToken(secret)
        const at = now()
        const invitation = {
          workspaceId,
          id: newId(),
          email,
          role,
          createdAt: at,
          expiresAt: at + INVITATION_LIFE,
        }
        await store.write(async (tx) => {
          if (await findPerson(tx, email)) throw new CicloError('conflict', `${email} works here already`)
          await saveInvitation(tx, { ...invitation, tokenHash })
          await insertAudit(tx, workspaceId, [entryOf(context, 'invitation.made', email, { role })])
        })
        const link = invitationLink(publicUrl(), token)
        const mail = await mailInvitation(invitation, link)
        return context.json({ ...presentInvitation(invitation, at), link, mail })
      },
    )
    .delete(
      '/invitations/:id',
      describe('Takes an invitation back: its link works no more', WithdrawnSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        await store.write(async (tx) => {
          const invitation = await withdrawInvitation(tx, workspaceId, id)
          if (!invitation) throw new CicloError('not-found', `There is no open invitation ${id}`)
          await insertAudit(tx, workspaceId, [entryOf(context, 'invitation.withdrawn', invitation.email)])
        })
        return context.json({ withdrawn: id })
      },
    )
    .put(
      '/members/:id',
      describe('Changes what somebody may do, from the next request on', MemberSchema, RoleRequestSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { role } = await bodyOf(context, RoleRequestSchema)
        const member = await store.write(async (tx) => {
          // Two owners who step down at once must not both find the other.
          await lockWorkspace(tx, workspaceId)
          const before = await expectMember(tx, workspaceId, context.req.param('id'))
          if (before.role === role) return before
          await expectOtherOwner(tx, workspaceId, before)
          await changeRole(tx, workspaceId, before.id, role)
          const details = { from: before.role, to: role, user: before.id }
          await insertAudit(tx, workspaceId, [entryOf(context, 'member.role-changed', before.email, details)])
          return { ...before, role }
        })
        return context.json(presentMember(member))
      },
    )
    .delete(
      '/members/:id',
      describe('Removes somebody, and ends their sessions', RemovedMemberSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        await store.write(async (tx) => {
          await lockWorkspace(tx, workspaceId)
          const member = await expectMember(tx, workspaceId, id)
          await expectOtherOwner(tx, workspaceId, member)
          await removeMember(tx, workspaceId, id)
          const details = { role: member.role, user: id }
          await insertAudit(tx, workspaceId, [entryOf(context, 'member.removed', member.email, details)])
        })
        return context.json({ removed: id })
      },
    )
    .post(
      '/links',
      describe(
        'A link that lets somebody in: with email one for another password, without one for the first owner',
        LinkSchema,
        LinkRequestSchema,
      ),
      async (context) => {
        const { email } = await bodyOf(context, LinkRequestSchema, { mayBeEmpty: true })
        const { link, until } =
          email === undefined ? await firstOwnerLink(context) : await passwordLink(context, email)
        return context.json({ link, expiresAt: isoOrNull(until) })
      },
    )
}
