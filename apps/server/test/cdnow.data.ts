import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DAY } from '@ciclo/engine'
import { seededRandom } from './crash.random.ts'

/** One order as the file has it; the amount in cents, the time 00:00 UTC of its day. */
export interface CdnowOrder {
  /** The row of the file, from 1. */
  row: number
  userId: string
  at: number
  cents: number
}

/** What a customer's orders add up to. */
export interface CdnowFigures {
  count: number
  cents: number
  firstAt: number
  lastAt: number
}

const NAME = 'CDNOW_sample.txt'
const CUSTOMERS = 2_357
const SEED = 19_970_101

/** A file of the same shape, where the real one is not at hand: sorted by customer, January 1997 to June 1998. */
function generate(): string {
  const random = seededRandom(SEED)
  const start = Date.UTC(1997, 0, 1)
  const end = Date.UTC(1998, 5, 30)
  const lines: string[] = []
  for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
    const original = String(customer * 10 + Math.floor(random() * 10)).padStart(5, '0')
    let at = start + Math.floor(random() * 84) * DAY
    do {
      const items = 1 + Math.floor(random() * 5)
      const cents = random() < 0.01 ? 0 : Math.floor(500 + random() ** 3 * 20_000)
      const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
      const dollars = (cents / 100).toFixed(2).padStart(7)
      lines.push(
        ` ${original} ${String(customer).padStart(4, '0')} ${day} ${String(items).padStart(2)} ${dollars}\r\n`,
      )
      // Some order twice on one day.
      at += Math.floor(random() ** 2 * 200) * DAY
    } while (at <= end && random() < 0.66)
  }
  return lines.join('')
}

function findFile(): { path: string; kind: 'real' | 'generated' } {
  const given = process.env['CICLO_TEST_DATA']
  const beside = fileURLToPath(new URL(`../../../../shared/data/${NAME}`, import.meta.url))
  const path = given === undefined ? beside : statSync(given).isDirectory() ? join(given, NAME) : given
  if (existsSync(path)) return { path, kind: 'real' }
  const folder = mkdtempSync(join(tmpdir(), 'ciclo-cdnow-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const generated = join(folder, NAME)
  writeFileSync(generated, generate())
  return { path: generated, kind: 'generated' }
}

/**
 * The CDNOW data set of Fader and Hardie: in the folder or file that CICLO_TEST_DATA names, else beside the
 * repository, else generated in the same shape.
 */
export function readCdnow(): { path: string; kind: 'real' | 'generated'; orders: CdnowOrder[] } {
  const { path, kind } = findFile()
  // Read here by itself, with whole cents, so that the server's own reading is checked against another.
  const orders = readFileSync(path, 'latin1')
    .split('\n')
    .flatMap((line, index): CdnowOrder[] => {
      const match = /^ *\d+ +(\d+) +(\d{4})(\d\d)(\d\d) +\d+ +(\d+)\.(\d\d)\r?$/.exec(line)
      if (!match) return []
      const [, userId = '', year, month, day, dollars, cents] = match
      const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
      return [{ row: index + 1, userId, at, cents: Number(dollars) * 100 + Number(cents) }]
    })
  return { path, kind, orders }
}

export function figuresByCustomer(orders: readonly CdnowOrder[]): Map<string, CdnowFigures> {
  const figures = new Map<string, CdnowFigures>()
  for (const { userId, at, cents } of orders) {
    const known = figures.get(userId)
    figures.set(userId, {
      count: (known?.count ?? 0) + 1,
      cents: (known?.cents ?? 0) + cents,
      firstAt: Math.min(known?.firstAt ?? at, at),
      lastAt: Math.max(known?.lastAt ?? at, at),
    })
  }
  return figures
}

const LIMITS = [
  { days: 365, stage: 'lost' },
  { days: 180, stage: 'lapsed' },
  { days: 90, stage: 'atRisk' },
] as const

const overdue = (gap: number) => LIMITS.find(({ days }) => gap >= days * DAY)?.stage

/** The stage of a customer at `now`, from the times of its orders and the default limits alone. */
export function stageOf(times: readonly number[], now: number): string {
  const [first, ...later] = times.toSorted((one, other) => one - other)
  if (first === undefined) return 'prospect'
  let stage = 'new'
  let last = first
  for (const at of later) {
    const before = overdue(at - last)
    stage = before === 'lapsed' || before === 'lost' ? 'reactivated' : 'active'
    last = at
  }
  return overdue(now - last) ?? stage
}
