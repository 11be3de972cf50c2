import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const axe = readFile(require.resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[]
}

/** What axe finds wrong that somebody could not use a message for. */
export const seriousProblems = async (page: Page): Promise<string[]> => {
  await page.evaluate(await axe)
  const { violations } = await page.evaluate<AxeResult>('axe.run("ciclo-onsite")')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
