import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRecords, splitLines } from '../../packages/csv/src/index.ts'
import type { Report } from './inTurns.ts'
import { withFolder } from './withFolder.ts'

/** A short file and one of four times as many rows: in flat memory both take the same. */
const ROWS = [25_000, 100_000] as const
const child = fileURLToPath(new URL('moveInChild.ts', import.meta.url))

/** What `moveInChild.ts` says of itself. */
export interface MovedInChild {
  code: number
  seconds: number
  megabytes: number
}

/** Profiles as Klaviyo exports them: half of them subscribed. */
async function writeProfiles(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(
    'Email,Klaviyo ID,First Name,Last Name,City,Country,Email Marketing Consent,Email Marketing Consent Timestamp\n',
  )
  for (let n = 0; n < rows; n += 1) {
    const consent = n % 2 === 0 ? 'SUBSCRIBED' : 'NEVER_SUBSCRIBED'
    const line = `customer${n}@shop.example,K${n},Ana,"Nowak, ${n}",Łódź,PL,${consent},2024-0${(n % 9) + 1}-01 10:00:00\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

/** Reading the same file and doing nothing with it. */
async function readPlain(path: string): Promise<number> {
  const startedAt = performance.now()
  const pieces: AsyncIterable<string> = createReadStream(path, { encoding: 'utf8' })
  let rows = 0
  for await (const record of readRecords(splitLines(pieces), ',')) rows += 'cells' in record ? 1 : 0
  if (rows === 0) throw new Error(`${path}: no rows were read`)
  return (performance.now() - startedAt) / 1_000
}

/** Moving customers in from a file, by the command line: rows a second against reading them, and memory. */
export async function measureMoveIn(report: Report): Promise<void> {
  for (const rows of ROWS)
    await withFolder(async (folder) => {
      const path = join(folder, 'profiles.csv')
      await writeProfiles(path, rows)
      const baseline = await readPlain(path)
      const { stdout, stderr } = spawnSync(process.execPath, [child, path], { encoding: 'utf8' })
      if (stdout === '') throw new Error(`Moving ${rows} rows in failed: ${stderr}`)
      const { code, seconds, megabytes } = JSON.parse(stdout) as MovedInChild
      if (code !== 0) throw new Error(`Moving ${rows} rows in ended with ${code}: ${stderr}`)
      const name = `move-in.${rows}-profiles`
      report({ name, value: rows / seconds, unit: 'rows/s', ratio: baseline / seconds })
      report({ name: `${name}.memory`, value: megabytes, unit: 'MB' })
    })
}
