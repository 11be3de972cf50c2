import { join } from 'node:path'
import { JourneySchema } from '@ciclo/engine'
import Database from 'better-sqlite3'
import { insertInto } from './insertInto.ts'
import { openCiclo, WRITE_KEY } from './openCiclo.ts'
import { setJourneys } from './setJourneys.ts'

/** A run waits, goes on to the next wait, and sends nothing: what is measured is time, not mail. */
const WAITING = JourneySchema.parse({
  id: 'waiting',
  name: 'Waiting',
  trigger: { kind: 'event', name: 'Waiting Started' },
  reentry: { kind: 'never' },
  steps: [
    { kind: 'delay', id: 'one', duration: '1d' },
    { kind: 'delay', id: 'two', duration: '30d' },
  ],
})

const FAR = 365 * 86_400_000
const ROWS_PER_TRANSACTION = 20_000
const PATTERN = 'pattern-of-the-runs'

/** A server's database with the journey, and one customer with a run of it. */
async function writePattern(folder: string): Promise<void> {
  const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
  await setJourneys(store, workspaceId, [WAITING])
  const response = await ciclo.app.request('/v1/track', {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, anonymousId: PATTERN, event: 'Waiting Started' }),
  })
  if (!response.ok) throw new Error(`The pattern was answered ${response.status}`)
  await stop()
}

/**
 * Copies the pattern's run and its customer. Each copy has timers of its own under its own names.
 *
 * @param dueAt when the runs wait for, epoch milliseconds
 */
export async function fillRuns(
  folder: string,
  { runs, dueAt }: { runs: number; dueAt: number },
): Promise<void> {
  await writePattern(folder)
  const handle = new Database(join(folder, 'ciclo.db'))
  handle.pragma('synchronous = OFF')
  const run = handle.prepare("select * from enrolments where journey_id = 'waiting'").get() as Record<
    string,
    unknown
  >
  const patternId = String(run['customer_id'])
  const customer = handle.prepare('select * from customers where id = ?').get(patternId) as Record<
    string,
    unknown
  >
  const insertCustomer = insertInto(handle, 'customers', customer)
  const insertRun = insertInto(handle, 'enrolments', run)
  const { timers, ...state } = JSON.parse(String(customer['state'])) as { timers: Record<string, number> }
  const stateOf = (at: number) =>
    JSON.stringify({
      ...state,
      timers: Object.fromEntries(
        Object.entries(timers).map(([key]) => [key, key.includes('xstate.after.one') ? at : at + FAR]),
      ),
    })
  const pattern = stateOf(dueAt)
  for (let first = 0; first < runs; first += ROWS_PER_TRANSACTION) {
    handle.exec('begin')
    for (let place = first; place < Math.min(runs, first + ROWS_PER_TRANSACTION); place += 1) {
      const id = `00WAITING${String(place).padStart(17, '0')}`
      insertCustomer({ ...customer, id, wake_at: dueAt, state: pattern.replaceAll(patternId, id) })
      insertRun({ ...run, id: String(run['id']).replaceAll(patternId, id), customer_id: id })
    }
    handle.exec('commit')
  }
  // The pattern itself is not waited for.
  const later = handle.prepare('update customers set state = ?, wake_at = ? where id = ?')
  later.run(stateOf(dueAt + FAR), dueAt + FAR, patternId)
  handle.close()
}
