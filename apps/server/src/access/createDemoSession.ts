import type { FindSession } from './session.ts'

/** An address itself, or a name that every machine has for itself (RFC 6761): nobody can lead these elsewhere. */
const FIXED = /^(localhost|[a-z\d.-]+\.localhost|\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])$/i

/**
 * The demo opens signed in, as its owner: there is nothing in it but what it has made up itself. Only under its own
 * address: else a page elsewhere could have its name lead here (DNS rebinding) and be the owner, too.
 */
export function createDemoSession(
  firstWorkspaceId: () => Promise<string | undefined>,
  publicUrl: () => string,
): FindSession {
  return async (request) => {
    const { hostname } = new URL(request.url)
    if (!FIXED.test(hostname) && hostname !== new URL(publicUrl()).hostname) return undefined
    const workspaceId = await firstWorkspaceId()
    if (workspaceId === undefined) return undefined
    return { workspaceId, user: { id: 'demo', name: 'Demo', email: 'demo@ciclo.localhost' }, role: 'owner' }
  }
}
