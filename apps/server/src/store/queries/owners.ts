import { and, asc, eq } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

/** Somebody whom the shop belongs to. */
export interface Owner {
  userId: string
  name: string
  email: string
}

/** The owners of a workspace, in an order that is always the same. */
export async function readOwners(tx: ReadTx, workspaceId: string): Promise<Owner[]> {
  const { members, users } = tx.tables
  return await tx
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, workspaceId), eq(members.role, 'owner')))
    .orderBy(asc(users.id))
}
