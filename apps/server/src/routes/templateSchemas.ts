import { JourneyIdSchema } from '@ciclo/engine'
import { TemplateSource } from '@ciclo/templates'
import { z } from 'zod'

const time = z.iso.datetime().nullable()

export const TemplateNameSchema = JourneyIdSchema

const ProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  /** The language of the mail; null where it is so in all of them. */
  locale: z.string().nullable(),
  place: z.object({ line: z.int().optional(), key: z.string().optional(), element: z.string().optional() }),
  message: z.string(),
})
const problems = z.array(ProblemSchema)

/** What a template says; its name stands in the address. */
export const TemplateRequestSchema = TemplateSource.omit({ name: true }).strict()

export const TemplatesSchema = z.object({
  templates: z.array(
    z.object({
      name: z.string(),
      /** What mails are made of: a version of the workspace's own, or what comes with Ciclo; null: nothing yet. */
      uses: z.enum(['own', 'shipped']).nullable(),
      version: z.int().nullable(),
      draft: z.int().nullable(),
      isShipped: z.boolean(),
      /** For what alone it may be sent; null: for both. */
      purpose: z.enum(['marketing', 'transactional']).nullable(),
    }),
  ),
})

const VersionSchema = z.object({
  version: z.int(),
  status: z.enum(['draft', 'published']),
  hash: z.string(),
  createdAt: time,
  publishedAt: time,
})

export const TemplateSchema = z.object({
  name: z.string(),
  /** Of what is shown: the draft, else what is published, else what comes with Ciclo. */
  of: z.enum(['draft', 'published', 'shipped']),
  version: z.int().nullable(),
  hash: z.string(),
  source: TemplateSource,
  /** Oldest first; one whose hash is `shipped` has given the name back to what comes with Ciclo. */
  versions: z.array(VersionSchema),
})

export const TemplateVersionSchema = VersionSchema.extend({ name: z.string(), source: TemplateSource })

/** What sends a template: the journeys that are drafted or at work, and all campaigns. */
export const TemplateUsesSchema = z.object({
  journeys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Of the journey as a whole. */
      status: z.enum(['draft', 'published', 'live', 'paused', 'archived']),
      /** The steps that send it, in the draft or in what is at work. */
      steps: z.array(z.object({ id: z.string(), purpose: z.string() })),
    }),
  ),
  campaigns: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
})

export const TemplateSourceSchema = z.object({ source: TemplateSource })

/** Above what MJML of the largest size becomes. */
const SHOWN_LENGTH = 1_000_000

/** A mail that is to be shown: a form's fields, since a form alone brings so much into a frame. */
export const ShownMailSchema = z
  .object({ html: z.string().max(SHOWN_LENGTH), scheme: z.enum(['light', 'dark']).default('light') })
  .strict()

export const TemplateDraftSchema = z.object({
  name: z.string(),
  version: z.int(),
  hash: z.string(),
  problems,
})

export const PublishedTemplateSchema = z.object({ name: z.string(), version: z.int(), problems })

export const TemplateCheckSchema = z.object({ problems })

export const TemplatePreviewRequestSchema = z
  .object({
    /** A customer's; made-up data, if neither is said. */
    customerId: z.string().optional(),
    email: z.string().optional(),
    locale: z.string().max(35).optional(),
    purpose: z.enum(['marketing', 'transactional']).optional(),
    /** What is not saved yet. */
    source: TemplateRequestSchema.optional(),
    /** Variables that this customer's mail does not have are problems. */
    strict: z.boolean().default(true),
  })
  .strict()

export const TemplatePreviewSchema = z.object({
  subject: z.string(),
  preheader: z.string(),
  html: z.string(),
  text: z.string(),
  locale: z.string(),
  purpose: z.enum(['marketing', 'transactional']),
  problems,
})

export const TemplateTestRequestSchema = TemplatePreviewRequestSchema.omit({ strict: true })
  .extend({ to: z.string().max(320) })
  .strict()

export const TemplateTestSchema = z.object({
  to: z.string(),
  subject: z.string(),
  /** Whether the sender's server took it, and what it said. */
  taken: z.boolean(),
  response: z.string(),
})
