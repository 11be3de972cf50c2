import type { Context } from 'hono'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { cleanJson } from '../ingest/cleanJson.ts'
import { readJsonBody, type BodyReading } from '../ingest/readBody.ts'

export interface BodyOptions extends BodyReading {
  /** What errors call it. */
  whole?: string
  /** The schema itself refuses what no database takes: a rule must not come to mean something else. */
  asWritten?: boolean
}

/**
 * The body of a request as its schema has it, in text that every database takes. Throws `bad-json`, `bad-request` that
 * says where it is wrong, or `too-large`.
 */
export async function bodyOf<Body>(
  { req }: Context,
  schema: z.ZodType<Body>,
  { whole = 'body', asWritten = false, ...reading }: BodyOptions = {},
): Promise<Body> {
  const body = await readJsonBody(req.raw, reading)
  if (asWritten) return expectValid(schema, body, whole)
  const clean = cleanJson(body, whole)
  if (!clean.ok) throw new CicloError('bad-request', clean.message)
  return expectValid(schema, clean.value, whole)
}

/** What may hold a password: where it is no JSON nothing of it is repeated, as the parser would. */
export async function secretBodyOf<Body>(context: Context, schema: z.ZodType<Body>): Promise<Body> {
  try {
    return await bodyOf(context, schema)
  } catch (error) {
    if (!(error instanceof CicloError) || error.code !== 'bad-json') throw error
    throw new CicloError('bad-json', 'The body is not JSON')
  }
}
