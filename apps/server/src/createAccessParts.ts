import { Hono } from 'hono'
import { createAuth } from './access/createAuth.ts'
import { createDemoSession } from './access/createDemoSession.ts'
import { createFindSession } from './access/createFindSession.ts'
import { createMailInvitation } from './access/createMailInvitation.ts'
import { createSignInGuard } from './access/createSignInGuard.ts'
import type { CicloOptions } from './ciclo.ts'
import type { ClientAddress } from './limits/clientAddress.ts'
import type { OnRefused } from './limits/refusal.ts'
import { createAccessRoutes } from './routes/accessRoutes.ts'
import { createSignIn, createSignInRoutes } from './routes/signInRoutes.ts'
import { createTeamRoutes } from './routes/teamRoutes.ts'
import type { SendDirectly } from './sending/sendDirectly.ts'
import type { Senders } from './sending/senders.ts'
import { firstWorkspaceId } from './store/queries/workspaces.ts'
import type { Tokens } from './tokens.ts'

type Given = Pick<CicloOptions, 'store' | 'secret' | 'newId' | 'publicUrl' | 'demo' | 'mailsGoOut'>

export interface AccessPartsOptions extends Given {
  tokens: Tokens
  clientOf: ClientAddress
  hash: (workspaceId: string, address: string) => string
  now: () => number
  senders: Senders
  sendDirectly: SendDirectly
  onRefused: OnRefused
}

/** Who comes in to the studio, and how: sessions, the routes that begin and end them, and the team. */
export function createAccessParts(options: AccessPartsOptions) {
  const { store, secret, tokens, clientOf, hash, publicUrl, now, newId, demo, onRefused } = options
  const openAuth = createAuth({ store, secret, publicUrl })
  const findSession = demo
    ? createDemoSession(() => store.read(firstWorkspaceId), publicUrl)
    : createFindSession(store, openAuth)
  const guard = createSignInGuard({ now, onRefused })
  const shared = { store, openAuth, findSession, guard, clientOf, hash, publicUrl, now, newId }
  const signIn = createSignIn(shared)
  const doors = new Hono()
    .route('/api/auth', createSignInRoutes({ ...shared, signIn }))
    .route('/api/access', createAccessRoutes({ store, secret, tokens, signIn, hash, publicUrl, now, newId }))
  const { senders, sendDirectly, mailsGoOut = true } = options
  return {
    findSession,
    /** None in the demo: its visitor has no name or password to change, and nobody else could come in. */
    open: demo ? [] : [doors],
    team: createTeamRoutes({
      store,
      secret,
      tokens,
      mailInvitation: createMailInvitation({ store, senders, sendDirectly, mailsGoOut }),
      demo,
      hash,
      publicUrl,
      now,
      newId,
    }),
  }
}
