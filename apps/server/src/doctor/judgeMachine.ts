import { fail, ok, warn, type Finding, type Look } from './finding.ts'

const MEGABYTE = 1024 * 1024
const OLDEST_NODE = 24

const bytes = (count: number): string =>
  count >= 1024 * MEGABYTE
    ? `${(count / 1024 / MEGABYTE).toFixed(1)} GB`
    : `${(count / MEGABYTE).toFixed(1)} MB`

export function judgeNode(version: string): Finding {
  return Number.parseInt(version, 10) >= OLDEST_NODE
    ? ok('node', version)
    : fail('node', version, `Start by npm, which brings Node ${OLDEST_NODE} along, or install it`)
}

export function judgeMemory({ free, total }: { free: number; total: number }): Finding {
  const found = `${bytes(free)} of ${bytes(total)} free`
  return free < 256 * MEGABYTE
    ? warn('memory', found, 'Ciclo wants 512 MB for itself: add memory')
    : ok('memory', found)
}

export function judgeDisk(space: Look<{ free: number; database: number; log: number | null }>): Finding {
  if ('error' in space) return warn('disk', space.error, 'Look with df')
  const { free, database } = space.found
  const found = `${bytes(free)} free, the database has ${bytes(database)}`
  if (free < 200 * MEGABYTE)
    return fail('disk', found, 'Make room now: without any, events are answered 503 until there is')
  // A backup and an upgrade need as much as the database itself.
  return free < Math.max(1024 * MEGABYTE, database)
    ? warn('disk', found, 'Make room for as much as the database: a backup needs it')
    : ok('disk', found)
}

export function judgeLog(log: number | null): Finding {
  if (log === null) return ok('log', 'PostgreSQL keeps its own')
  const found = `the write-ahead log has ${bytes(log)}`
  return log > 256 * MEGABYTE
    ? warn(
        'log',
        found,
        'Something has been reading the database for long and keeps the log: end that process',
      )
    : ok('log', found)
}

export function judgeSecret(
  secret: 'given' | 'missing' | { mode: number; length: number },
  file: string,
): Finding {
  if (secret === 'given') return ok('secret', 'CICLO_SECRET')
  if (secret === 'missing')
    return warn(
      'secret',
      `${file} is missing`,
      'The first start makes it; for older data restore the one of that time',
    )
  if (secret.length < 32)
    return fail(
      'secret',
      `${file} has ${secret.length} characters`,
      'Expected at least 32: restore it from a backup',
    )
  const mode = (secret.mode & 0o777).toString(8)
  return secret.mode & 0o077
    ? warn('secret', `${file} has mode ${mode}`, `Others can read it: chmod 600 ${file}`)
    : ok('secret', `${file}, mode ${mode}`)
}

export function judgeTracker(isBuilt: boolean): Finding {
  return isBuilt
    ? ok('tracker', 'built')
    : fail('tracker', 'ciclo.js is not built, so /ciclo.js is answered 404', 'Run npm run build')
}

/** @param offset milliseconds by which the other clock is ahead */
export function judgeClock(what: string, offset: Look<number>): Finding {
  const check = `clock (${what})`
  if ('error' in offset)
    return warn(check, `could not compare: ${offset.error}`, 'Check that NTP runs: timedatectl')
  const seconds = Math.abs(offset.found / 1_000)
  const found = `${seconds.toFixed(1)} s apart`
  // HTTP tells whole seconds.
  if (seconds > 30) return fail(check, found, 'Set the clock by NTP: timers, tokens and leases go by it')
  return seconds > 5 ? warn(check, found, 'Set the clock by NTP') : ok(check, found)
}
