import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { BenchLine } from '../../scripts/support/benchGroups.ts'
import { fillMails } from './fillMails.ts'
import { openCiclo, SECRET_KEY } from './openCiclo.ts'
import { median } from './statistics.ts'

const MAILS = 1_000_000
const ROUNDS = 5

const QUESTIONS = {
  'journey.28d': '/api/reports/journeys/filled-welcome?days=28',
  'journey.365d': '/api/reports/journeys/filled-welcome?days=365',
  'template.28d': '/api/reports/templates/thank-you?days=28',
  'template.365d': '/api/reports/templates/thank-you?days=365',
  'onsite.28d': '/api/onsite/welcome/figures?days=28',
} as const

const ONSITE = {
  name: 'Welcome',
  kind: 'bar',
  texts: { en: { title: 'Welcome' } },
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

/**
 * What a marketer waits for the report of a journey or a template, and for the figures of an on-site message, in a shop
 * that has sent 1,000,000 mails in a year: beside one plain count of all its mails by the same database.
 */
export async function measureReports(report: (line: BenchLine) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-reports-'))
  const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await ciclo.app.request(path, {
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
      ...init,
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`)
  }
  try {
    await fillMails(store, { workspaceId, mails: MAILS, now: Date.now() })
    await ask('/api/onsite/welcome', { method: 'PUT', body: JSON.stringify(ONSITE) })
    const handle = new Database(join(folder, 'ciclo.db'), { readonly: true })
    const count = handle.prepare("select count(sent_at) from messages where state = 'sent'")
    const countAll = () => Promise.resolve(count.get())
    const taken = new Map<string, number[]>()
    const baselines: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      baselines.push(await timeOf(countAll))
      for (const [name, path] of Object.entries(QUESTIONS))
        taken.set(name, [...(taken.get(name) ?? []), await timeOf(() => ask(path))])
    }
    handle.close()
    const baseline = median(baselines)
    report({ name: 'studio.report.baseline', value: baseline, unit: 'ms' })
    for (const [name, times] of taken)
      report({
        name: `studio.report.${name}`,
        value: median(times),
        unit: 'ms',
        ratio: median(times) / baseline,
      })
  } finally {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
}
