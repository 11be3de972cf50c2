import { join } from 'node:path'
import { SettingsSchema } from '@ciclo/engine'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { computePopulation } from '../src/insight/computePopulation.ts'
import { openStore } from '../src/store/openStore.ts'
import { firstWorkspaceId } from '../src/store/queries/workspaces.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const DAY = 86_400_000
const START = Date.UTC(2022, 0, 1)
const NOW = START + 1_000 * DAY

let folder: ReturnType<typeof createTestFolder>

beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const day = (number: number) => new Date(START + number * DAY).toISOString()
/** Customers from whom a second order comes after 1, 2, ... days. */
const orders = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => {
    const n = from + index
    return [`a${n},${day(0)},10.00,u${n}@x.org`, `b${n},${day(n + 1)},10.00,u${n}@x.org`]
  })
    .flat()
    .join('\n')

const cli = (...argv: string[]) => runCliIn(folder.path, argv, {}, () => NOW)
const importOrders = async (from: number, to: number) => {
  const file = writeIn(folder.path, `${from}.csv`, `order_id,date,total,email\n${orders(from, to)}`)
  expect(await cli('import', 'orders', file)).toMatchObject({ code: 0 })
}
const DEFAULTS =
  'After one order: at risk after 90 days, lapsed after 180, lost after 365 (defaults of the settings).'

it('says how many order gaps are missing for a curve', async () => {
  await importOrders(0, 60)
  expect(await cli('insight', 'gaps')).toEqual({
    code: 0,
    said: [
      '60 order gaps have ended, 60 are open.',
      'Not enough data yet for a curve: 40 of 100 gaps are missing.',
      DEFAULTS,
      'Version 1 of the rules, valid from the beginning.',
    ],
    warned: [],
  })
})

it('says where there are enough of them for the next refresh', async () => {
  await importOrders(0, 200)
  expect((await cli('insight', 'gaps')).said.slice(0, 3)).toEqual([
    '200 order gaps have ended, 200 are open.',
    'There are enough for a curve: the next daily refresh draws it, or `ciclo insight refresh`.',
    DEFAULTS,
  ])
})

it('shows how long customers take to order again, and what that makes of the limits', async () => {
  await importOrders(0, 200)
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  const workspaceId = (await store.read(firstWorkspaceId)) ?? ''
  const population = await computePopulation(store, { workspaceId, at: NOW, withFit: false })
  const settings = SettingsSchema.parse({})
  await store.write((tx) =>
    tx.insert(tx.tables.rulesVersions).values({ workspaceId, number: 2, from: NOW, settings, population }),
  )
  await store.close()
  expect((await cli('insight', 'gaps')).said).toEqual([
    '200 order gaps have ended, 200 are open.',
    `50.0 % of the gaps end, as far as the orders reach (read until ${day(1_000)}).`,
    'Of the gaps that end have ended after:',
    '  25 %  50 days',
    '  50 %  100 days',
    '  75 %  150 days',
    '  90 %  180 days',
    '  95 %  190 days',
    'After one order: at risk after 150 days, lapsed after 190, lost after 380 (from the curve).',
    `Version 2 of the rules, valid since ${day(1_000)}.`,
  ])
  const whole = JSON.parse((await cli('insight', 'gaps', '--json')).said.join('\n')) as Record<
    string,
    unknown[]
  >
  expect(whole['percentiles']).toHaveLength(99)
  await cli('settings', 'gaps.mode', 'fixed')
  expect((await cli('insight', 'gaps')).said.at(-2)).toBe(
    'After one order: at risk after 90 days, lapsed after 180, lost after 365 (the settings want fixed limits).',
  )
})

it('shows why a job has failed, and nothing of that acts on the terminal', async () => {
  await importOrders(0, 1)
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  await store.write(async (tx) => {
    const workspaceId = (await firstWorkspaceId(tx)) ?? ''
    const job = { workspaceId, name: 'refresh-curve', dueAt: NOW, error: 'no\u001B[2J\nroom' }
    await tx.insert(tx.tables.jobs).values(job)
  })
  await store.close()
  const { said } = await cli('insight', 'jobs')
  expect(said[0]).toMatch(/^refresh-curve .* {2}failed: "no\\u001b\[2J\\nroom"$/)
})
