import type { Journey, JourneyProblem } from '@ciclo/engine'
import type { Context } from 'hono'
import { readTextBody } from '../ingest/readBody.ts'
import { invalidJourney, readDefinition } from '../journeys/readDefinition.ts'
import { parseJson } from '../parseJson.ts'
import { insertAudit } from '../store/queries/audit.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Store, Tx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'

export interface JourneyRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
  newId: () => string
  /** Told when jobs were asked for. */
  onRequested: () => void
}

export const MOST_BYTES = 512 * 1024

export const isYaml = ({ req }: Context) =>
  /^(application|text)\/(x-)?yaml\b/i.test(req.header('content-type') ?? '')

/** The journey of a request, as JSON or YAML. Throws `invalid-journey` with all that is wrong with it. */
export async function journeyOf(context: Context): Promise<Journey> {
  const given = isYaml(context)
    ? { text: await readTextBody(context.req.raw, MOST_BYTES) }
    : { value: parseJson(await readTextBody(context.req.raw, MOST_BYTES)) }
  const read = readDefinition(given)
  if ('problems' in read) throw invalidJourney('This is no journey', read.problems)
  return read.journey
}

/** What was seen of the journey by who changes it (RFC 9110, If-Match); undefined where anything will do. */
export function expectedHash({ req }: Context): string | undefined {
  const given = req.header('if-match')?.trim()
  if (given === undefined || given === '*') return undefined
  return given.replace(/^W\//, '').replaceAll('"', '')
}

/** Writes down who did what to a journey, in the transaction that does it. */
export async function recordJourney(
  tx: Tx,
  context: Context<ApiEnvironment>,
  action: string,
  { id, ...details }: Record<string, unknown> & { id: string },
  options: Pick<JourneyRoutesOptions, 'newId' | 'now'>,
): Promise<void> {
  const entry = auditEntry(context, options, { action, details: { id, ...details } })
  await insertAudit(tx, context.get('workspaceId'), [entry])
}

/** What is wrong with journeys, in their order. */
export async function judge(
  context: Context<ApiEnvironment>,
  definitions: readonly Journey[],
  { insight }: Pick<JourneyRoutesOptions, 'insight'>,
): Promise<JourneyProblem[][]> {
  if (definitions.length === 0) return []
  const asked = { workspaceId: context.get('workspaceId'), definitions }
  return await insight.run('journeyProblems', asked, { signal: context.req.raw.signal })
}
