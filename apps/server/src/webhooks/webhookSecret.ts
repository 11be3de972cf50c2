import { createHmac } from 'node:crypto'

/**
 * The secret that webhooks of a workspace are signed with, in the form of https://www.standardwebhooks.com: `whsec_`
 * and 32 bytes in base64. Made from the signing secret, so that it is stored nowhere; a new version of it is another
 * one.
 */
export function webhookSecret(secret: string, workspaceId: string, version: number): string {
  const hash = createHmac('sha256', secret).update(`webhook-secret:${workspaceId}:${version}`)
  return `whsec_${hash.digest('base64')}`
}
