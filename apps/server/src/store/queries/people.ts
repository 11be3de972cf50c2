import { and, asc, count, eq, lt, type SQL } from 'drizzle-orm'
import type { Role } from '../../access/role.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Somebody who may sign in. */
export interface Person {
  id: string
  name: string
  email: string
}

export interface Member extends Person {
  role: Role
  createdAt: number
}

export interface NewPerson extends Person {
  passwordHash: string
}

/** better-auth's word for an account that is proven by a password. */
const BY_PASSWORD = 'credential'

const memberFields = ({ users, members }: ReadTx['tables']) => ({
  id: users.id,
  name: users.name,
  email: users.email,
  role: members.role,
  createdAt: members.createdAt,
})

/** The people of a workspace, in the order in which they came. */
export async function readTeam(tx: ReadTx, workspaceId: string): Promise<Member[]> {
  const { users, members } = tx.tables
  return await tx
    .select(memberFields(tx.tables))
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, workspaceId))
    .orderBy(asc(members.createdAt), asc(members.userId))
}

export async function readMember(
  tx: ReadTx,
  workspaceId: string,
  userId: string,
): Promise<Member | undefined> {
  const { users, members } = tx.tables
  const [row] = await tx
    .select(memberFields(tx.tables))
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
  return row
}

/** Where somebody works, and as what: the workspace that they joined first. */
export async function membershipOf(
  tx: ReadTx,
  userId: string,
): Promise<{ workspaceId: string; role: Role } | undefined> {
  const { members } = tx.tables
  const [row] = await tx
    .select({ workspaceId: members.workspaceId, role: members.role })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.createdAt), asc(members.workspaceId))
    .limit(1)
  return row
}

export async function countOwners(tx: ReadTx, workspaceId: string): Promise<number> {
  const { members } = tx.tables
  const [row] = await tx
    .select({ owners: count() })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.role, 'owner')))
  return row?.owners ?? 0
}

export async function findPerson(tx: ReadTx, email: string): Promise<Person | undefined> {
  const { users } = tx.tables
  const [row] = await tx
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(eq(users.email, email))
  return row
}

/** The names of those people that are still known. */
export async function readPeople(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const { users } = tx.tables
  const rows = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(tx.dialect.isOneOf(users.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type PersonWithPassword = Person & { passwordHash: string }

async function readWithPassword(tx: ReadTx, who: SQL): Promise<PersonWithPassword | undefined> {
  const { users, accounts } = tx.tables
  const [row] = await tx
    .select({ id: users.id, name: users.name, email: users.email, passwordHash: accounts.password })
    .from(users)
    .innerJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, BY_PASSWORD)))
    .where(who)
  return row && { ...row, passwordHash: row.passwordHash ?? '' }
}

/** The person and their password's hash; undefined where the address is nobody's. */
export const findByPassword = (tx: ReadTx, email: string) =>
  readWithPassword(tx, eq(tx.tables.users.email, email))

/** Whom a link for another password is for. */
export const readPasswordOf = (tx: ReadTx, userId: string) =>
  readWithPassword(tx, eq(tx.tables.users.id, userId))

/** Somebody new, who signs in by a password, and their place in a workspace. */
export async function insertPerson(
  tx: Tx,
  { id, name, email, passwordHash }: NewPerson,
  { workspaceId, role, createdAt }: { workspaceId: string; role: Role; createdAt: number },
): Promise<void> {
  const { users, accounts, members } = tx.tables
  const at = new Date(createdAt)
  const times = { createdAt: at, updatedAt: at }
  // Whoever has the link has the mailbox, or got it from who runs the installation.
  await tx.insert(users).values({ id, name, email, emailVerified: true, ...times })
  await tx
    .insert(accounts)
    .values({ id, userId: id, accountId: id, providerId: BY_PASSWORD, password: passwordHash, ...times })
  await tx.insert(members).values({ workspaceId, userId: id, role, createdAt })
}

export async function changeRole(tx: Tx, workspaceId: string, userId: string, role: Role): Promise<void> {
  const { members } = tx.tables
  await tx
    .update(members)
    .set({ role })
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
}

export async function renamePerson(tx: Tx, userId: string, name: string, at: number): Promise<void> {
  const { users } = tx.tables
  await tx
    .update(users)
    .set({ name, updatedAt: new Date(at) })
    .where(eq(users.id, userId))
}

/** Another password: whoever is signed in as this person is so no more. */
export async function replacePassword(
  tx: Tx,
  userId: string,
  passwordHash: string,
  at: number,
): Promise<void> {
  const { accounts } = tx.tables
  await tx
    .update(accounts)
    .set({ password: passwordHash, updatedAt: new Date(at) })
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, BY_PASSWORD)))
  await endSessions(tx, userId)
}

async function endSessions(tx: Tx, userId: string): Promise<void> {
  const { sessions } = tx.tables
  await tx.delete(sessions).where(eq(sessions.userId, userId))
}

/** Sessions that have ended by themselves, and nobody has come back with. */
export async function dropEndedSessions(tx: Tx, at: Date): Promise<void> {
  const { sessions } = tx.tables
  await tx.delete(sessions).where(lt(sessions.expiresAt, at))
}

/** Takes somebody out of a workspace. Who is in none any more is forgotten: the audit keeps the id alone. */
export async function removeMember(tx: Tx, workspaceId: string, userId: string): Promise<void> {
  const { members, users, accounts } = tx.tables
  await tx.delete(members).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
  await endSessions(tx, userId)
  if (await membershipOf(tx, userId)) return
  await tx.delete(accounts).where(eq(accounts.userId, userId))
  await tx.delete(users).where(eq(users.id, userId))
}
