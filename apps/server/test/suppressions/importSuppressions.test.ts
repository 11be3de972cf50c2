import { expect, it } from 'vitest'
import { importSuppressions } from '../../src/suppressions/importSuppressions.ts'
import { openFeedback } from '../feedback/useFeedback.ts'
import { useSqlite } from '../support/useSqlite.ts'

const createDatabase = useSqlite()

it('puts no address on the list of which nobody can be told who did it', async () => {
  const world = await openFeedback(await createDatabase())
  const shell = { store: world.store, hashAddress: (_workspace: string, address: string) => address, now: 0 }
  const listed = [{ address: 'ann@example.com', reason: 'complaint' as const, at: null, detail: null }]
  const recorded: string[] = []
  const refuse = () => Promise.reject(new Error('the disk is full'))
  await expect(importSuppressions(shell, world.workspaceId, listed, refuse)).rejects.toThrow('the disk')
  const all = () => world.store.read((tx) => tx.select().from(tx.tables.suppressions))
  expect(await all()).toEqual([])
  const record = async () => void recorded.push('by key')
  await importSuppressions(shell, world.workspaceId, listed, record)
  await importSuppressions(shell, world.workspaceId, [], record)
  expect(await all()).toHaveLength(1)
  expect(recorded).toHaveLength(2)
  await world.stop()
})
