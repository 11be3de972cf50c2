import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PredictedBuyer } from '../../src/prediction/fitPredictions.ts'
import { samplers, seededUniform } from './simulateShop.ts'

const DAY = 86_400_000
const NAME = 'CDNOW_sample.txt'

/** Of the papers: 39 weeks to fit, and the 39 weeks after them to check. */
export const CALIBRATION_END = Date.UTC(1997, 8, 30)
export const HOLDOUT_DAYS = 273

const START = Date.UTC(1997, 0, 1)

/** A customer until the end of the calibration, and what came after it. Money is in cents. */
export interface CdnowBuyer extends PredictedBuyer {
  heldOut: { orderDays: number; spend: number }
}

/** What a customer spent, by day. */
type Amounts = Map<number, number>

function readAmounts(path: string): Amounts[] {
  const customers = new Map<string, Amounts>()
  for (const line of readFileSync(path, 'latin1').split('\n')) {
    const match = /^ *\d+ +(\d+) +(\d{4})(\d\d)(\d\d) +\d+ +(\d+)\.(\d\d)\r?$/.exec(line)
    if (!match) continue
    const [, id = '', year, month, day, dollars, cents] = match
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
    const amounts = customers.get(id) ?? new Map<number, number>()
    amounts.set(at, (amounts.get(at) ?? 0) + Number(dollars) * 100 + Number(cents))
    customers.set(id, amounts)
  }
  return [...customers.values()]
}

/** Where the file is not at hand: as many customers who buy by the parameters that were published for it. */
function generateAmounts(): Amounts[] {
  const uniform = seededUniform(1997)
  const { exponential, gamma, beta } = samplers(uniform)
  return Array.from({ length: 2_357 }, () => {
    const rate = gamma(0.525) / (6.183 * 7)
    const stops = beta(0.891, 1.614)
    const scale = gamma(3.74) / 1_544
    const amounts: Amounts = new Map()
    for (let time = uniform() * 84; time < 546; time += exponential() / rate) {
      const at = START + Math.floor(time) * DAY
      if (!amounts.has(at)) amounts.set(at, Math.round(gamma(6.25) / scale))
      if (uniform() < stops) break
    }
    return amounts
  })
}

const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)

/**
 * The CDNOW data set of Fader and Hardie (2,357 customers who came in the first quarter of 1997): in the folder or file
 * that CICLO_TEST_DATA names, else beside the repository, else generated.
 */
export function readCdnowBuyers(): { kind: 'real' | 'generated'; buyers: CdnowBuyer[] } {
  const given = process.env['CICLO_TEST_DATA']
  const beside = fileURLToPath(new URL(`../../../../../shared/data/${NAME}`, import.meta.url))
  const path = given === undefined ? beside : statSync(given).isDirectory() ? join(given, NAME) : given
  const isReal = existsSync(path)
  const buyers = (isReal ? readAmounts(path) : generateAmounts()).map((amounts): CdnowBuyer => {
    const days = [...amounts].toSorted(([one], [other]) => one - other)
    const known = days.filter(([at]) => at <= CALIBRATION_END)
    const heldOut = days.filter(([at]) => at > CALIBRATION_END && at <= CALIBRATION_END + HOLDOUT_DAYS * DAY)
    const [[firstAt, firstDaySpend]] = known as [[number, number]]
    const [lastAt] = known.at(-1) as [number, number]
    return {
      orderDays: known.length,
      firstAt,
      lastAt,
      spend: sum(known.map(([, amount]) => amount)),
      firstDaySpend,
      heldOut: { orderDays: heldOut.length, spend: sum(heldOut.map(([, amount]) => amount)) },
    }
  })
  return { kind: isReal ? 'real' : 'generated', buyers }
}
