import type { Role } from '../access/role.ts'
import type { Columns } from './columns.ts'

/**
 * The tables of who may work in the studio. A part of `makeSchema`. Those of better-auth have its fields, and no
 * workspace: a person signs in to the installation, and `members` says to which shop that leads.
 */
export const makeAccessTables = ({
  table,
  text,
  bool,
  time,
  date,
  primaryKey,
  index,
  uniqueIndex,
}: Columns) => ({
  /** Who may do what in which workspace. */
  members: table(
    'members',
    {
      workspaceId: text('workspace_id').notNull(),
      userId: text('user_id').notNull(),
      role: text().$type<Role>().notNull(),
      createdAt: time('created_at').notNull(),
    },
    (member) => [
      primaryKey({ columns: [member.workspaceId, member.userId] }),
      // A session names only its person: this lookup is what finds the workspace.
      index('members_user').on(member.userId),
    ],
  ),

  /** Who was asked to join. The link's token is kept as a hash only. */
  invitations: table(
    'invitations',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      email: text().notNull(),
      role: text().$type<Role>().notNull(),
      tokenHash: text('token_hash').notNull(),
      createdAt: time('created_at').notNull(),
      expiresAt: time('expires_at').notNull(),
      /** Null for as long as the link works; a withdrawn one is deleted. */
      acceptedAt: time('accepted_at'),
    },
    (invitation) => [
      primaryKey({ columns: [invitation.workspaceId, invitation.id] }),
      // A link names only its token.
      index('invitations_token').on(invitation.tokenHash),
    ],
  ),

  users: table(
    'users',
    {
      id: text().primaryKey(),
      name: text().notNull(),
      email: text().notNull(),
      emailVerified: bool('email_verified').notNull(),
      image: text(),
      createdAt: date('created_at').notNull(),
      updatedAt: date('updated_at').notNull(),
    },
    (user) => [uniqueIndex('users_email').on(user.email)],
  ),

  sessions: table(
    'sessions',
    {
      id: text().primaryKey(),
      userId: text('user_id').notNull(),
      token: text().notNull(),
      expiresAt: date('expires_at').notNull(),
      /** Both stay empty: where somebody works from is not ours to know. */
      ipAddress: text('ip_address'),
      userAgent: text('user_agent'),
      createdAt: date('created_at').notNull(),
      updatedAt: date('updated_at').notNull(),
    },
    (session) => [uniqueIndex('sessions_token').on(session.token), index('sessions_user').on(session.userId)],
  ),

  /** How a person proves who they are: a password's hash, in `password`. */
  accounts: table(
    'accounts',
    {
      id: text().primaryKey(),
      userId: text('user_id').notNull(),
      accountId: text('account_id').notNull(),
      providerId: text('provider_id').notNull(),
      password: text(),
      accessToken: text('access_token'),
      refreshToken: text('refresh_token'),
      idToken: text('id_token'),
      accessTokenExpiresAt: date('access_token_expires_at'),
      refreshTokenExpiresAt: date('refresh_token_expires_at'),
      scope: text(),
      createdAt: date('created_at').notNull(),
      updatedAt: date('updated_at').notNull(),
    },
    (account) => [index('accounts_user').on(account.userId)],
  ),

  verifications: table(
    'verifications',
    {
      id: text().primaryKey(),
      identifier: text().notNull(),
      value: text().notNull(),
      expiresAt: date('expires_at').notNull(),
      createdAt: date('created_at').notNull(),
      updatedAt: date('updated_at').notNull(),
    },
    (verification) => [index('verifications_identifier').on(verification.identifier)],
  ),
})
