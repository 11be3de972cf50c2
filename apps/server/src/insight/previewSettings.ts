import {
  compileRules,
  isJudgedAlike,
  isPopulationMoved,
  NO_ORDERS,
  personalLimits,
  step,
  withoutMoney,
  type RulesVersion,
  type Settings,
} from '@ciclo/engine'
import { pageOfJudged, readCustomers } from '../store/queries/customers.ts'
import { countBuyers } from '../store/queries/orders.ts'
import { readCurrentRules, readDatedRules } from '../store/queries/rulesVersions.ts'
import type { Store } from '../store/store.ts'
import { computePopulation } from './computePopulation.ts'
import { FEWEST_BUYERS } from './fewestBuyers.ts'

const CUSTOMERS_AT_ONCE = 500

/** What settings move at once: the other regions follow events alone. */
const REGIONS = ['stage', 'value', 'engagement'] as const

type Counts = Record<string, number>
type Judged = Record<(typeof REGIONS)[number], Counts>

/** What customers would be judged by, and how many would be what. */
interface SettingsPreview {
  /** Customers with an order, a deadline or a long silence: nobody else is judged by settings. */
  customers: number
  /** Of those, who would be something else. */
  moved: number
  before: Judged
  after: Judged
  /** Of a customer without a gap of their own, in milliseconds; and the spend of a VIP in minor units. */
  lines: Record<'before' | 'after', { atRisk: number; lapsed: number; lost: number; vip: number }>
}

const linesOf = ({ settings, population }: RulesVersion) => {
  const { atRisk, lapsed, lost } = personalLimits(NO_ORDERS, settings, population?.gaps ?? null)
  const drawn = settings.vipShare === null ? null : (population?.vipLine ?? null)
  return { atRisk, lapsed, lost, vip: drawn ?? settings.vipLine }
}

const nobody = (): Judged => ({ stage: {}, value: {}, engagement: {} })

const add = (counts: Counts, state: string) => {
  counts[state] = (counts[state] ?? 0) + 1
}

/** The versions that saving these settings would lead to: the one at once, and the one with the lines drawn anew. */
async function versionsAfter(
  store: Store,
  { workspaceId, settings, at }: SettingsPreviewInput,
  before: RulesVersion,
): Promise<RulesVersion[]> {
  if (isJudgedAlike(before.settings, settings)) return []
  const known = before.population
  const isOtherMoney = before.settings.currency !== settings.currency
  const saved: RulesVersion = {
    number: before.number + 1,
    from: Math.max(at, before.from + 1),
    settings,
    population: known && isOtherMoney ? withoutMoney(known) : known,
  }
  if (!known || (!isOtherMoney && before.settings.vipShare === settings.vipShare)) return [saved]
  const buyers = await store.read((tx) => countBuyers(tx, workspaceId, FEWEST_BUYERS))
  if (buyers < FEWEST_BUYERS) return [saved]
  const computed = await computePopulation(store, { workspaceId, at, withFit: false, settings })
  // Fitted anew the models have another date: such a version is always published.
  const population = { ...computed, fit: known.fit && { ...known.fit, at } }
  if (!isPopulationMoved(saved.population, population, settings)) return [saved]
  return [saved, { ...saved, number: saved.number + 1, from: saved.from + 1, population }]
}

interface SettingsPreviewInput {
  workspaceId: string
  /** As they would be saved. */
  settings: Settings
  /** When: epoch milliseconds. */
  at: number
}

/**
 * Judges every customer by settings that are not saved, by the very `step` that would judge them after saving, and
 * stores nothing.
 */
export async function previewSettings(store: Store, input: SettingsPreviewInput): Promise<SettingsPreview> {
  const { workspaceId, settings, at } = input
  const { dated, current } = await store.read(async (tx) => ({
    dated: await readDatedRules(tx, workspaceId),
    current: await readCurrentRules(tx, workspaceId),
  }))
  const next = await versionsAfter(store, input, current)
  const versions = [...(dated.length > 0 ? dated : [current]), ...next]
  const last = versions.at(-1) ?? current
  const rules = compileRules({ version: 0, settings, versions })
  const instant = Math.max(at, last.from)
  const preview: SettingsPreview = {
    customers: 0,
    moved: 0,
    before: nobody(),
    after: nobody(),
    lines: { before: linesOf(current), after: linesOf(last) },
  }
  for (let after = ''; ;) {
    const from = after
    const page = await store.read(async (tx) => {
      const ids = await pageOfJudged(tx, workspaceId, from, CUSTOMERS_AT_ONCE)
      return await readCustomers(tx, workspaceId, ids)
    })
    for (const { customer, parked } of page) {
      const is = customer.lifecycle.value
      // Nothing is fed to who is parked, and without another version nobody is looked at.
      const isLeft = parked !== null || next.length === 0
      const wake = { kind: 'wake', at: instant, receivedAt: instant } as const
      const becomes = isLeft ? is : step(customer, wake, rules).customer.lifecycle.value
      preview.customers += 1
      if (REGIONS.some((region) => is[region] !== becomes[region])) preview.moved += 1
      for (const region of REGIONS) {
        add(preview.before[region], is[region])
        add(preview.after[region], becomes[region])
      }
    }
    const end = page.at(-1)
    if (!end) return preview
    after = end.customer.id
  }
}
