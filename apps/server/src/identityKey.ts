import { createHmac } from 'node:crypto'

/**
 * The key that a shop's server signs identity tokens with. Made from the signing secret, so that it is stored nowhere;
 * a new version of it makes every token of the older ones void.
 */
export function identityKey(secret: string, workspaceId: string, version: number): string {
  const hash = createHmac('sha256', secret).update(`identity-key:${workspaceId}:${version}`)
  return `ci_${hash.digest('base64url')}`
}
