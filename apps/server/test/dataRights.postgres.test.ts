import pg from 'pg'
import { expect, it, vi } from 'vitest'
import { eraseCustomer } from '../src/dataRights/eraseCustomer.ts'
import { hashAddress } from '../src/tokens.ts'
import { dataRightsContract } from './dataRights.contract.ts'
import { createTestCiclo, SECRET } from './support/createTestCiclo.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

dataRightsContract('PostgreSQL', createDatabase)

it.each([
  ['what is new', 'second', 'applied'],
  ['what is sent again', 'first', 'duplicate'],
])(
  'is not undone by a commit that waits for its locks on PostgreSQL, of %s',
  async (_what, sent, verdict) => {
    const databaseUrl = await createDatabase()
    const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    try {
      const { ingest } = test.ciclo
      const page = (name: string) => test.item('secret', { type: 'page', name, userId: 'u1' })
      const first = page('first')
      await ingest.submit([first])
      const shell = {
        hash: (workspaceId: string, text: string) => hashAddress(SECRET, workspaceId, text),
        actor: 'test',
        now: test.clock.now(),
        newId: () => 'entry',
      }
      const erased = Promise.withResolvers<void>()
      const commit = Promise.withResolvers<void>()
      const erasing = test.store.write(async (tx) => {
        await eraseCustomer(tx, test.workspaceId, { userId: 'u1' }, shell)
        erased.resolve()
        await commit.promise
      })
      await erased.promise
      // It still sees what is being erased, and waits for it.
      const submitted = ingest.submit([sent === 'first' ? first : page(sent)])
      await vi.waitFor(
        async () => {
          const { rows } = await client.query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          )
          expect(rows).toHaveLength(1)
        },
        { timeout: 10_000, interval: 20 },
      )
      commit.resolve()
      await erasing
      expect(await submitted).toEqual([verdict])
      // Whole: the next event finds the same customer.
      await ingest.submit([page('third')])
      const someoneNew = await test.customer('userId=u1')
      const names = (await test.below(someoneNew?.id ?? '', 'events')).map((event) => event['name'])
      expect(new Set(names)).toEqual(new Set(verdict === 'applied' ? [sent, 'third'] : ['third']))
    } finally {
      await client.end()
      await test.stop()
    }
  },
)
