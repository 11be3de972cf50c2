import {
  EVENT_NAMES,
  explainJourney,
  ownEvent,
  type JourneyRefusal,
  type RequestRefusal,
  type Rules,
} from '@ciclo/engine'
import { CicloError } from '../errors.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem } from '../ingest/ingestItem.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { readCustomer } from '../store/queries/customers.ts'
import { readRunningEnrolments, type CustomerEnrolment } from '../store/queries/enrolments.ts'
import { readRunOfCause } from '../store/queries/runs.ts'
import type { Store } from '../store/store.ts'

export interface EnrolOptions {
  store: Store
  ingest: Ingest
  rules: RulesCache
  now: () => number
}

export interface WantedRun {
  workspaceId: string
  customerId: string
  journeyId: string
  /** The same one asks once. */
  requestId: string
  key: string | undefined
  event: string | undefined
  properties: Record<string, unknown> | undefined
  audit: NonNullable<IngestItem['audit']>
}

/** What came of it: a run, or why there is none. `parked`: it waits with its customer; `duplicate`: it was asked before. */
export type Enrolled = { run: CustomerEnrolment; refusal: null } | { run: null; refusal: RequestRefusal }

/** Asks a customer into a journey, as the engine's own event, and tells what came of it. */
export async function enrolCustomer(
  { store, ingest, rules, now }: EnrolOptions,
  { workspaceId, customerId, journeyId, requestId, audit, ...asked }: WantedRun,
): Promise<Enrolled> {
  const look = async () =>
    await store.read(async (tx) => {
      const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
      const record = await readCustomer(tx, workspaceId, customerId)
      if (!record) throw new CicloError('not-found', `There is no customer ${customerId}`)
      const running = await readRunningEnrolments(tx, workspaceId, [record.customer.id])
      return { current, record, running }
    })
  const why = ({ current, record, running }: Awaited<ReturnType<typeof look>>) =>
    refusalFor(
      current,
      journeyId,
      asked.key,
      {
        ...record.customer,
        enrolments: Object.fromEntries(running.map(({ customerId: _customer, ...run }) => [run.id, run])),
      },
      now(),
    )

  const before = await look()
  const expected = why(before)
  const { key, event, properties } = asked
  const input = ownEvent(
    `journey-request/${journeyId}/${before.record.customer.id}/${requestId}`,
    now(),
    EVENT_NAMES.journeyRequested,
    {
      journey: journeyId,
      because: 'api',
      ...(key === undefined ? {} : { key }),
      ...(event === undefined ? {} : { event }),
      ...(properties === undefined ? {} : { properties }),
    },
  )
  const item = { workspaceId, customerId: before.record.customer.id, input, audit }
  const [verdict] = await ingest.submit([item])
  if (verdict === 'parked' || verdict === 'erased') return { run: null, refusal: { reason: verdict } }
  const run = await store.read(async (tx) => {
    const record = await readCustomer(tx, workspaceId, customerId)
    return record && (await readRunOfCause(tx, workspaceId, record.customer.id, input.id))
  })
  if (run) return { run, refusal: null }
  if (verdict === 'duplicate') return { run: null, refusal: { reason: 'duplicate' } }
  const refusal = expected ?? why(await look())
  // What kept them out is over already.
  return { run: null, refusal: refusal ?? { reason: 'not-live' } }
}

/** Why a customer would not come in now; of a key, for the very thing that it names. */
function refusalFor(
  rules: Rules,
  journeyId: string,
  key: string | undefined,
  customer: Parameters<typeof explainJourney>[0],
  at: number,
): JourneyRefusal | null {
  const compiled = rules.live.get(journeyId)
  if (!compiled) return { reason: 'not-live' }
  const { refusal } = explainJourney(customer, compiled, at, rules, { key: key ?? null })
  // The API asks in whenever it likes.
  return refusal?.reason === 'schedule-rule' ? null : refusal
}
