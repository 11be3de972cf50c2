import { z } from 'zod'
import { PlatformNameSchema } from '../platforms/platforms.ts'

/** What a connection keeps sealed: what signs its webhooks, what opens its API, and how its customers are known. */
export const ConnectionSecretsSchema = z.object({
  /** What its webhooks are signed with: Shopify's client secret, the secret of WooCommerce's webhooks, `whsec_...`. */
  secret: z.string(),
  /** Shopify's Admin API access token. */
  token: z.string().nullable().default(null),
  /** WooCommerce's REST API key and its secret. */
  key: z.string().nullable().default(null),
  keySecret: z.string().nullable().default(null),
  /** Whether the shop's pages know customers by the system's ids, too. */
  knowsIds: z.boolean().default(true),
})
export type ConnectionSecrets = z.infer<typeof ConnectionSecretsSchema>

/** A shop's system, open to be worked with. */
export const ConnectionSchema = z.object({
  workspaceId: z.string(),
  id: z.string(),
  platform: PlatformNameSchema,
  name: z.string(),
  /** An origin; null where nothing is to be fetched. */
  address: z.string().nullable(),
  active: z.boolean(),
  secrets: ConnectionSecretsSchema,
})
export type Connection = z.infer<typeof ConnectionSchema>
