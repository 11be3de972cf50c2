import { SettingsSchema } from '@ciclo/engine'
import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { identityKey } from '../identityKey.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { changeSettings, readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'

const IdentityKeySchema = z.object({
  key: z.string().describe('Signs identity tokens (JSON Web Tokens, HS256). For the shop’s server only'),
  version: z.int().describe('Counts how often the key was renewed'),
})

const describe = (summary: string) =>
  describeRoute({
    summary,
    tags: ['identity'],
    responses: {
      200: { description: summary, content: { 'application/json': { schema: resolver(IdentityKeySchema) } } },
    },
  })

export interface IdentityKeyRoutesOptions {
  store: Store
  secret: string
  now: () => number
  newId: () => string
}

/** The key of identity tokens: to be shown, and to be renewed after it has leaked. */
export function createIdentityKeyRoutes({ store, secret, now, newId }: IdentityKeyRoutesOptions) {
  const present = (workspaceId: string, version: number) => ({
    key: identityKey(secret, workspaceId, version),
    version,
  })
  return new Hono<ApiEnvironment>()
    .get('/', describe('The key that signs identity tokens'), async (context) => {
      const workspaceId = context.get('workspaceId')
      const { identityKeyVersion } = await store.read((tx) => readSettings(tx, workspaceId))
      return context.json(present(workspaceId, identityKeyVersion))
    })
    .post('/renew', describe('A new key: every token of the old one is void at once'), async (context) => {
      const workspaceId = context.get('workspaceId')
      const actor = context.get('actor')
      const version = await store.write(async (tx) => {
        const { identityKeyVersion: renewed } = await changeSettings(tx, workspaceId, now(), (stored) => ({
          ...stored,
          identityKeyVersion: SettingsSchema.parse(stored).identityKeyVersion + 1,
        }))
        const details = { version: renewed }
        await insertAudit(tx, workspaceId, [
          { id: newId(), at: now(), actor, action: 'identity-key.renewed', subject: null, details },
        ])
        return renewed
      })
      return context.json(present(workspaceId, version))
    })
}
