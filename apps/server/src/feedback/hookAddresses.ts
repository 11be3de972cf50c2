import { z } from 'zod'
import type { Seal } from '../sending/createSeal.ts'

export const PROVIDERS = ['ses', 'postmark', 'mailgun', 'sendgrid'] as const
export const ProviderSchema = z.enum(PROVIDERS)
export type Provider = z.infer<typeof ProviderSchema>

const HookSchema = z.object({
  /** Workspace. */
  w: z.string(),
  p: ProviderSchema,
  /** What the provider signs with. */
  k: z.string().nullable(),
  /** The workspace's `feedbackHookVersion` when it was made. */
  v: z.int(),
})
export type Hook = z.infer<typeof HookSchema>

/** Addresses that providers call. What they sign with stands in them, sealed: nothing of it is kept elsewhere. */
export interface HookAddresses {
  tokenOf(hook: Hook): string
  /** Undefined where it is not ours. */
  read(token: string): Hook | undefined
}

const PLACE = 'feedback-hook'

export const createHookAddresses = (seal: Seal): HookAddresses => ({
  tokenOf: (hook) => seal.close(JSON.stringify(hook), PLACE),
  read: (token) => {
    const opened = seal.open(token, PLACE)
    return opened === undefined ? undefined : HookSchema.parse(JSON.parse(opened))
  },
})
