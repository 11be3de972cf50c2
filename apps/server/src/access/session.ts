import type { Role } from './role.ts'

/** A person who has signed in to the studio. */
export interface Session {
  workspaceId: string
  user: { id: string; name: string; email: string }
  role: Role
}

/** Whose session a request brings; undefined where it brings none, or one that has ended. */
export interface FindSession {
  (request: Request): Promise<Session | undefined>
}
