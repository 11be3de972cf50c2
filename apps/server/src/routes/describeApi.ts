import { describeRoute, resolver, validator } from 'hono-openapi'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { ProblemSchema } from './apiSchemas.ts'

/**
 * Describes routes of one kind in the OpenAPI document: what they take and answer, and the errors that all of them
 * have.
 */
export const describer =
  (tag: string, notFound: string) => (summary: string, schema: z.ZodType, body?: z.ZodType) => {
    const problem = { 'application/problem+json': { schema: resolver(ProblemSchema) } }
    return describeRoute({
      summary,
      tags: [tag],
      ...(body ? { requestBody: { content: { 'application/json': { schema: resolver(body) } } } } : {}),
      responses: {
        200: { description: summary, content: { 'application/json': { schema: resolver(schema) } } },
        400: { description: 'What was given, where, and what was expected', content: problem },
        401: { description: 'No key, or an unknown one', content: problem },
        404: { description: notFound, content: problem },
      },
    })
  }

/** A query that is wrong is answered like any other error. */
export const query = <Schema extends z.ZodType>(schema: Schema) =>
  validator('query', schema, (result) => {
    if (result.success) return
    const [issue] = result.error
    const place = issue?.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    throw new CicloError('bad-request', `${place || 'query'}: ${issue?.message ?? 'wrong'}`)
  })
