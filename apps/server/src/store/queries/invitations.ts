import { and, asc, eq, gt, isNull, ne } from 'drizzle-orm'
import type { Role } from '../../access/role.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface Invitation {
  workspaceId: string
  id: string
  email: string
  role: Role
  createdAt: number
  expiresAt: number
}

const invitationFields = ({ invitations }: ReadTx['tables']) => ({
  workspaceId: invitations.workspaceId,
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
})

/** Who was asked to join and has not yet, in the order in which they were asked. */
export async function readInvitations(tx: ReadTx, workspaceId: string): Promise<Invitation[]> {
  const { invitations } = tx.tables
  return await tx
    .select(invitationFields(tx.tables))
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), isNull(invitations.acceptedAt)))
    .orderBy(asc(invitations.createdAt), asc(invitations.id))
}

/** The invitation of a link that still works. */
export async function findInvitation(
  tx: ReadTx,
  tokenHash: string,
  at: number,
): Promise<Invitation | undefined> {
  const { invitations } = tx.tables
  const [row] = await tx
    .select(invitationFields(tx.tables))
    .from(invitations)
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, at),
      ),
    )
  return row
}

/** In place of any other invitation of the same address that is still open. */
export async function saveInvitation(tx: Tx, invitation: Invitation & { tokenHash: string }): Promise<void> {
  const { invitations } = tx.tables
  const { workspaceId, email, id } = invitation
  await tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        eq(invitations.email, email),
        isNull(invitations.acceptedAt),
        ne(invitations.id, id),
      ),
    )
  await tx.insert(invitations).values(invitation)
}

/** Takes an invitation up, if nobody else has meanwhile. */
export async function acceptInvitation(
  tx: Tx,
  { workspaceId, id }: Invitation,
  at: number,
): Promise<boolean> {
  const { invitations } = tx.tables
  const taken = await tx
    .update(invitations)
    .set({ acceptedAt: at })
    .where(
      and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id), isNull(invitations.acceptedAt)),
    )
    .returning({ id: invitations.id })
  return taken.length > 0
}

/** The invitation that was taken back; undefined where there is none that is open. */
export async function withdrawInvitation(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Invitation | undefined> {
  const { invitations } = tx.tables
  const [row] = await tx
    .delete(invitations)
    .where(
      and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id), isNull(invitations.acceptedAt)),
    )
    .returning(invitationFields(tx.tables))
  return row
}
