import { z } from 'zod'
import { AddressSchema } from '../access/credentials.ts'
import { ROLES } from '../access/role.ts'

const RoleSchema = z.enum(ROLES)

export const MemberSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: RoleSchema,
  joinedAt: z.iso.datetime(),
})

const InvitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: RoleSchema,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  expired: z.boolean(),
})

export const TeamSchema = z.object({
  members: z.array(MemberSchema),
  /** Those that nobody has accepted yet. */
  invitations: z.array(InvitationSchema),
})

export const InviteRequestSchema = z.strictObject({ email: AddressSchema, role: RoleSchema })

export const MadeInvitationSchema = InvitationSchema.extend({
  link: z.string().describe('Shown this once; it works once, for 7 days'),
  mail: z.object({
    /** `unset`: there is no server to mail it by. */
    state: z.enum(['sent', 'refused', 'unset']),
    response: z.string().nullable(),
  }),
})

export const RoleRequestSchema = z.strictObject({ role: RoleSchema })
export const RemovedMemberSchema = z.object({ removed: z.string() })
export const WithdrawnSchema = z.object({ withdrawn: z.string() })

export const LinkRequestSchema = z.strictObject({ email: AddressSchema.optional() })
export const LinkSchema = z.object({ link: z.string(), expiresAt: z.iso.datetime().nullable() })
