import type { Command } from 'commander'
import { GapsSchema, type Gaps } from '../routes/gapSchemas.ts'
import { insightCommand } from './insightCommand.ts'
import { quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const SHOWN = [25, 50, 75, 90, 95]

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

function* linesOf(answer: Gaps): Generator<string> {
  const { basis, gaps, openGaps, needed, missing, returning, limits } = answer
  yield `${gaps} order gaps have ended, ${openGaps} are open.`
  if (basis === 'cold-start') {
    yield missing > 0
      ? `Not enough data yet for a curve: ${missing} of ${needed} gaps are missing.`
      : 'There are enough for a curve: the next daily refresh draws it, or `ciclo insight refresh`.'
  } else {
    yield `${percent(returning ?? 0)} of the gaps end, as far as the orders reach (read until ${answer.computedAt}).`
    yield basis === 'all' ? 'Of all gaps have ended after:' : 'Of the gaps that end have ended after:'
    for (const { percentile, days } of answer.percentiles.filter((row) => SHOWN.includes(row.percentile))) {
      yield `  ${percentile} %  ${days} days`
    }
  }
  const why =
    answer.mode === 'fixed'
      ? 'the settings want fixed limits'
      : limits.basis === 'cold-start'
        ? 'defaults of the settings'
        : 'from the curve'
  yield `After one order: at risk after ${limits.atRisk} days, lapsed after ${limits.lapsed}, lost after ${limits.lost} (${why}).`
  const since = answer.validFrom === null ? 'from the beginning' : `since ${answer.validFrom}`
  yield `Version ${answer.version} of the rules, valid ${since}.`
}

/** `ciclo insight gaps`: the curve of the shop's order gaps, and the limits that follow from it. */
export function addGapsCommand(program: Command, surroundings: Surroundings): void {
  insightCommand(program)
    .command('gaps')
    .description('How long it takes until customers order again, and when one is at risk, lapsed, lost')
    .option('--json', 'all of it: every percentile, and the curve')
    .action(async ({ json }: { json?: boolean }) => {
      await withApiTarget(surroundings, async ({ request }) => {
        const answer = GapsSchema.parse(await (await request('GET', '/insight/gaps')).json())
        if (json === true) surroundings.say(quotedJson(answer))
        else for (const line of linesOf(answer)) surroundings.say(line)
      })
    })
}
