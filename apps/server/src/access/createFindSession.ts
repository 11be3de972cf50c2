import { membershipOf } from '../store/queries/people.ts'
import type { Store } from '../store/store.ts'
import type { Auth } from './createAuth.ts'
import type { FindSession } from './session.ts'

/**
 * Who has signed in, by the cookie of better-auth. Somebody who belongs to no workspace any more has no session, and
 * what they may do is looked up anew each time.
 */
export function createFindSession(store: Store, openAuth: () => Promise<Auth>): FindSession {
  return async ({ headers }) => {
    // Most requests without a key are programs that have forgotten it: better-auth is not asked for those.
    if (!headers.has('cookie')) return undefined
    const auth = await openAuth()
    const found = await auth.api.getSession({ headers })
    if (!found) return undefined
    const { id, name, email } = found.user
    const membership = await store.read((tx) => membershipOf(tx, id))
    return membership && { ...membership, user: { id, name, email } }
  }
}
