import { join } from 'node:path'
import Database from 'better-sqlite3'
import { insertInto } from './insertInto.ts'
import { openCiclo, SECRET_KEY } from './openCiclo.ts'
import { setJourneys } from './setJourneys.ts'

const PATTERN = 'pattern-of-the-subscribers@example.com'
const ROWS_PER_TRANSACTION = 20_000

/** Copies a customer who has agreed to marketing, each with an address of its own. No journey is live. */
export async function fillSubscribers(folder: string, count: number): Promise<void> {
  const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
  await setJourneys(store, workspaceId, [])
  const response = await ciclo.app.request('/v1/track', {
    method: 'POST',
    body: JSON.stringify({
      writeKey: SECRET_KEY,
      userId: 'pattern',
      event: 'Subscribed',
      properties: { email: PATTERN },
    }),
  })
  if (!response.ok) throw new Error(`The pattern was answered ${response.status}`)
  await stop()
  const handle = new Database(join(folder, 'ciclo.db'))
  handle.pragma('synchronous = OFF')
  const customer = handle.prepare('select * from customers where email = ?').get(PATTERN) as Record<
    string,
    unknown
  >
  const patternId = String(customer['id'])
  const state = String(customer['state'])
  const insertCustomer = insertInto(handle, 'customers', customer)
  for (let first = 1; first < count; first += ROWS_PER_TRANSACTION) {
    handle.exec('begin')
    for (let place = first; place < Math.min(count, first + ROWS_PER_TRANSACTION); place += 1) {
      const id = `00READER${String(place).padStart(18, '0')}`
      const email = `reader.${place}@example.com`
      const copied = state.replaceAll(patternId, id).replaceAll(PATTERN, email)
      insertCustomer({ ...customer, id, email, user_id: `reader-${place}`, state: copied })
    }
    handle.exec('commit')
  }
  handle.close()
}
