import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { ProblemSchema } from './apiSchemas.ts'

const RejectedSchema = z.object({
  index: z.int(),
  messageId: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})

const AcceptedSchema = z.object({
  success: z.literal(true),
  /** To browsers' batches only: there is something to be shown on the shop's pages (`POST /v1/onsite`). */
  onsite: z.literal(true).optional(),
  rejected: z.array(RejectedSchema).optional(),
})

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: resolver(ProblemSchema) } },
})

/** One of Segment's calls in the OpenAPI document. */
export function describeIngest(type: string) {
  return describeRoute({
    summary: type === 'batch' ? 'Take a batch of events' : `Take one event of the type ${type}`,
    description:
      "Segment's HTTP API. The key, write or secret, is the Basic user, the Bearer token, or `writeKey` in the body or query.",
    tags: ['events'],
    security: [{ basicKey: [] }, { secretKey: [] }],
    responses: {
      200: {
        description: 'What was good is stored and synced; `rejected` says what was not',
        content: { 'application/json': { schema: resolver(AcceptedSchema) } },
      },
      400: problem('The body is no JSON, or nothing in it is an event'),
      401: problem('No key, or an unknown one'),
      413: problem('The request, or its only event, is too large'),
      429: problem('Too much at once: send it again after Retry-After'),
      503: problem('The store cannot write now: send it again after Retry-After'),
    },
  })
}
