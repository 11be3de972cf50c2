import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { parseCodes, type ListedCode } from '../coupons/parseCodes.ts'
import { CicloError } from '../errors.ts'
import { CodeImportSchema, CodesSchema, DeletedCodesSchema, PoolsSchema } from '../routes/couponSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { quoted } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'

/** Codes in one request. */
const CODES_AT_ONCE = 20_000
/** How many refused lines are told. */
const REFUSALS_TOLD = 20

const pathOf = (pool: string) => `/coupons/${encodeURIComponent(pool)}`

async function readCodeFile(file: string, { folder }: Surroundings): Promise<ListedCode[]> {
  const path = resolve(folder, file)
  try {
    return parseCodes(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new CicloError('bad-request', `${path}: cannot be read: ${(cause as Error).message}`, { cause })
  }
}

async function list({ request }: ApiTarget, say: Surroundings['say']): Promise<void> {
  const { pools } = PoolsSchema.parse(await (await request('GET', '/coupons')).json())
  for (const { pool, free, taken } of pools) say(`${pool}  ${free} free, ${taken} taken`)
  if (pools.length === 0) say('No codes were imported.')
}

async function importAll(
  { request }: ApiTarget,
  { pool, listed }: { pool: string; listed: readonly ListedCode[] },
  { say, warn }: Surroundings,
): Promise<number> {
  const all = { added: 0, duplicates: 0, refused: 0, free: 0 }
  const refusals: { line: number; reason: string }[] = []
  for (let start = 0; start < listed.length; start += CODES_AT_ONCE) {
    const portion = listed.slice(start, start + CODES_AT_ONCE)
    const response = await request('POST', pathOf(pool), { codes: portion.map(({ code }) => code) })
    const done = CodeImportSchema.parse(await response.json())
    all.added += done.added
    all.duplicates += done.duplicates
    all.refused += done.refused
    all.free = done.free
    // The server counts places in the list that it was sent.
    for (const { line, reason } of done.refusals)
      refusals.push({ line: portion[line - 1]?.line ?? line, reason })
  }
  for (const { line, reason } of refusals.slice(0, REFUSALS_TOLD)) warn(`line ${line}: ${quoted(reason)}`)
  const untold = all.refused - Math.min(refusals.length, REFUSALS_TOLD)
  if (untold > 0) warn(`and ${untold} more`)
  say(
    `${pool}: ${all.added} added, ${all.duplicates} there already, ${all.refused} refused; ${all.free} are free`,
  )
  return all.refused > 0 ? 2 : 0
}

async function listCodes(
  target: ApiTarget,
  pool: string,
  { state, say }: { state: string | undefined; say: Surroundings['say'] },
): Promise<void> {
  for await (const { codes } of readPages(target, `${pathOf(pool)}/codes`, CodesSchema, {
    filter: { state },
  }))
    for (const one of codes)
      say([quoted(one.code), one.state.padEnd(5), one.takenAt ?? '-', one.customerId ?? '-'].join('  '))
}

/** `ciclo coupons list|import|codes|delete`: pools of codes, each of which one customer gets. */
export function addCouponCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const coupons = program
    .command('coupons')
    .description('Pools of unique codes that journeys give, as docs/coupons.md tells')
  coupons
    .command('list')
    .description('Every pool, and how many of its codes are free')
    .action(() => run((target) => list(target, say)))
  coupons
    .command('import')
    .description('Add codes to a pool; those that are there already stay; exit code 2 where some are refused')
    .argument('<pool>', 'lower-case words joined by hyphens')
    .argument('<file>', 'one code a line, or CSV: its column `code`, else the first')
    .action(async (pool: string, file: string) => {
      const listed = await readCodeFile(file, surroundings)
      await run((target) => importAll(target, { pool, listed }, surroundings))
    })
  coupons
    .command('codes')
    .description('The codes of a pool, when each was given, and to which customer')
    .argument('<pool>')
    .option('--state <state>', 'free or taken; both, if left out')
    .action((pool: string, { state }: { state?: string }) =>
      run((target) => listCodes(target, pool, { state, say })),
    )
  coupons
    .command('delete')
    .description('Delete the free codes of a pool; those that somebody has stay')
    .argument('<pool>')
    .action((pool: string) =>
      run(async ({ request }) => {
        const response = await request('DELETE', pathOf(pool))
        const { deleted, taken } = DeletedCodesSchema.parse(await response.json())
        say(`${pool}: ${deleted} deleted, ${taken} that customers have stay`)
      }),
    )
}
