import type { BenchLine } from '../../scripts/support/benchGroups.ts'
import type { LoadResult } from './sendLoad.ts'
import { median, percentile } from './statistics.ts'

export type Report = (line: BenchLine) => void

const ROUNDS = 5

export const perSecond = (count: number, milliseconds: number) => (count * 1_000) / milliseconds
export const throughput = ({ requests, milliseconds }: LoadResult) => perSecond(requests, milliseconds)
export const p99 = ({ latencies }: LoadResult) => percentile(latencies, 99)

/**
 * Rounds of them all in turn, so that whatever disturbs the machine disturbs each; the first of each warms up.
 *
 * @returns for each of them what its rounds have said
 */
export async function takeTurns<Result>(
  works: readonly (() => Promise<Result>)[],
  rounds = ROUNDS,
): Promise<Result[][]> {
  const results: Result[][] = works.map(() => [])
  for (let round = 0; round <= rounds; round += 1)
    for (const [place, work] of works.entries()) {
      const result = await work()
      if (round > 0) results[place]?.push(result)
    }
  return results
}

/** The same of two. */
export async function inTurns<Result>(
  subject: () => Promise<Result>,
  baseline: () => Promise<Result>,
  rounds = ROUNDS,
): Promise<{ subjects: Result[]; baselines: Result[] }> {
  const [baselines = [], subjects = []] = await takeTurns([baseline, subject], rounds)
  return { subjects, baselines }
}

/** The ratio is the median of the rounds' own: the two of a round saw the same machine. */
export function reportPair(
  report: Report,
  name: string,
  unit: string,
  subjects: number[],
  baselines: number[],
): void {
  const ratios = subjects.map((value, round) => value / (baselines[round] ?? Number.NaN))
  report({ name: `${name}.baseline`, value: median(baselines), unit })
  report({ name, value: median(subjects), unit, ratio: median(ratios) })
}
