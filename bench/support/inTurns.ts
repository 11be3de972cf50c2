import type { BenchLine } from '../../scripts/support/benchGroups.ts'
import type { LoadResult } from './sendLoad.ts'
import { median, percentile } from './statistics.ts'

export type Report = (line: BenchLine) => void

const ROUNDS = 5

export const perSecond = (count: number, milliseconds: number) => (count * 1_000) / milliseconds
export const throughput = ({ requests, milliseconds }: LoadResult) => perSecond(requests, milliseconds)
export const p99 = ({ latencies }: LoadResult) => percentile(latencies, 99)

/** Rounds of the two in turn, so that whatever disturbs the machine disturbs both; the first of each warms up. */
export async function inTurns<Result>(
  subject: () => Promise<Result>,
  baseline: () => Promise<Result>,
): Promise<{ subjects: Result[]; baselines: Result[] }> {
  const subjects: Result[] = []
  const baselines: Result[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [await baseline(), await subject()]
    if (round === 0) continue
    baselines.push(one)
    subjects.push(other)
  }
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
