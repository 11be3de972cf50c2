import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ciclo } from '@ciclo/server'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { fillList } from './support/fillList.ts'
import { measureEditors } from './support/measureEditors.ts'
import { measureReports } from './support/measureReports.ts'
import { measureRoutes } from './support/measureRoutes.ts'
import { openCiclo, SECRET_KEY } from './support/openCiclo.ts'
import { percentile } from './support/statistics.ts'

const CUSTOMERS = 1_000_000
const ROUNDS = 5

/** What is asked of the list, by what it is about: as people type, filter, sort and page. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  open: ['', 'sort=lastOrder', 'sort=revenue', 'sort=created'],
  typed: [
    'a',
    'jo',
    'joz',
    'jozef',
    'jozef k',
    'jozef kowalski',
    'maria nunez',
    'zof',
    'user-12',
    'user-123456',
    'nobody',
    'lukasz.nowak',
    'ana.garcia.12',
    'i',
    'st',
    '%',
    'chloe b',
  ].map((text) => `text=${encodeURIComponent(text)}`),
  states: [
    'stage=atRisk',
    'stage=lost&sort=lastOrder',
    'stage=new,active,reactivated&sort=revenue',
    'value=vip',
    'value=vip&stage=lost',
    'value=vip&permission=suppressed',
    'advocacy=advocate&permission=pending&stage=atRisk',
    'engagement=cold&permission=subscribed&sort=revenue',
    'stage=visitor&sort=lastOrder',
  ],
  places: [
    'country=ES',
    'country=IS',
    'locale=is&sort=revenue',
    'country=IS&locale=pl',
    'country=IS&stage=atRisk&value=vip',
    'country=XX',
  ],
  segments: [
    'segment=many',
    'segment=some&sort=revenue',
    'segment=few&sort=lastOrder',
    'segment=many&stage=atRisk&sort=lastOrder',
    'segment=some&value=vip',
    'segment=many&text=jo',
    'segment=few&text=jo',
  ],
  mixed: [
    'text=jo&stage=atRisk',
    'text=a&value=vip',
    'text=jozef&country=IS',
    'text=zof&permission=pending&sort=revenue',
  ],
}

/** How long the server takes to answer, in milliseconds. */
async function timeOf(ciclo: Ciclo, path: string): Promise<{ taken: number; next: string | null }> {
  const startedAt = performance.now()
  const response = await ciclo.app.request(`/api/customers/search${path}`, {
    headers: { authorization: `Bearer ${SECRET_KEY}` },
  })
  const text = await response.text()
  const taken = performance.now() - startedAt
  if (response.status !== 200) throw new Error(`GET ${path} was answered with ${response.status}: ${text}`)
  return { taken, next: (JSON.parse(text) as { next?: string | null }).next ?? null }
}

/**
 * The list of customers of a shop with 1,000,000 of them: each figure is what 95 of 100 answers take at most.
 * `CICLO_BENCH_LISTED` names a folder that keeps the filled database for the next time; it takes some 3 GB.
 */
export default async function measureStudio(report: (line: BenchLine) => void): Promise<void> {
  await measureRoutes(report)
  await measureReports(report)
  await measureEditors(report)
  const kept = process.env['CICLO_BENCH_LISTED']
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'ciclo-bench-listed-')))
  const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
  try {
    const startedAt = performance.now()
    await fillList(folder, { store, workspaceId, customers: CUSTOMERS })
    report({ name: 'studio.customers.fill', value: (performance.now() - startedAt) / 1_000, unit: 's' })
    const pages: number[] = []
    const counts: number[] = []
    for (const [name, questions] of Object.entries(QUESTIONS)) {
      const taken: number[] = []
      for (let round = 0; round < ROUNDS; round += 1)
        for (const question of questions) {
          const page = await timeOf(ciclo, `?limit=100&${question}`)
          const count = await timeOf(ciclo, `/count?${question}`)
          taken.push(page.taken)
          counts.push(count.taken)
        }
      report({ name: `studio.customers.${name}`, value: percentile(taken, 95), unit: 'ms' })
      pages.push(...taken)
    }
    const deep: number[] = []
    let cursor: string | null = null
    for (let page = 0; page < 200; page += 1) {
      const { taken, next } = await timeOf(
        ciclo,
        `?limit=100&sort=lastOrder${cursor === null ? '' : `&cursor=${cursor}`}`,
      )
      deep.push(taken)
      cursor = next
    }
    report({ name: 'studio.customers.paging', value: percentile(deep, 95), unit: 'ms' })
    report({ name: 'studio.customers.count', value: percentile(counts, 95), unit: 'ms' })
    report({ name: 'studio.customers.page', value: percentile(pages, 95), unit: 'ms' })
  } finally {
    await stop()
    if (kept === undefined) await rm(folder, { recursive: true, force: true })
  }
}
