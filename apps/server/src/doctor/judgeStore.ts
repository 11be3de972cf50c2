import type { Source } from '@ciclo/engine'
import type { Backlog } from '../store/queries/backlog.ts'
import type { Lease } from '../store/queries/diagnosis.ts'
import { fail, ok, warn, type Finding, type Look } from './finding.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A span in the largest unit that it fills. */
function span(milliseconds: number): string {
  const units = [
    [24 * HOUR, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
  ] as const
  const [size, unit] = units.find(([least]) => milliseconds >= least) ?? [1_000, 's']
  return `${Math.floor(milliseconds / size)} ${unit}`
}

export function judgeIntegrity(problems: Look<readonly string[]> | 'skipped'): Finding {
  if (problems === 'skipped') return ok('integrity', 'not checked, since the database is large: --full does')
  if ('error' in problems)
    return fail('integrity', problems.error, 'Restore the last backup beside it and compare: docs/operate.md')
  const [first] = problems.found
  return first === undefined
    ? ok('integrity', 'SQLite finds nothing wrong')
    : fail(
        'integrity',
        first,
        'Stop the server, keep a copy of the files, restore the last backup: docs/operate.md',
      )
}

export function judgeMigrations({ applied, known }: { applied: number | null; known: number }): Finding {
  if (applied === null) return ok('migrations', 'none yet; the first start makes the tables')
  if (applied > known)
    return fail(
      'migrations',
      'the database was made by a newer Ciclo',
      'Install that one, or restore an older backup',
    )
  return applied < known
    ? warn('migrations', 'some are still to come', 'The next start brings them; make a backup first')
    : ok('migrations', 'current')
}

const late = (check: string, by: number, nothing: string, what: string, advice: string) => {
  if (by > 10 * MINUTE) return fail(check, `${what} ${span(by)} ago`, advice)
  return by > MINUTE ? warn(check, `${what} ${span(by)} ago`, advice) : ok(check, nothing)
}

export function judgeBacklog(backlog: Backlog, now: number): Finding[] {
  const { wakeAt, dueAt, queued, parkedInputs, parkedCustomers, failingJobs } = backlog
  const lateBy = (at: number | null) => (at === null ? 0 : now - at)
  return [
    late(
      'timers',
      lateBy(wakeAt),
      'none is late',
      'the oldest was due',
      'Is a server running? Its log says what fails',
    ),
    late(
      'outbox',
      lateBy(dueAt),
      `${queued} wait, none is late`,
      `${queued} wait, the oldest was due`,
      'Is a server running, and does the SMTP server take its mails?',
    ),
    parkedInputs === 0
      ? ok('parked inputs', 'none')
      : warn('parked inputs', String(parkedInputs), 'ciclo parked list shows why; retry or drop them'),
    parkedCustomers === 0
      ? ok('parked customers', 'none')
      : warn(
          'parked customers',
          String(parkedCustomers),
          'ciclo parked list shows why; they get no mail meanwhile',
        ),
    failingJobs.length === 0
      ? ok('jobs', 'none fails')
      : warn(
          'jobs',
          `${failingJobs.join(', ')} ${failingJobs.length === 1 ? 'fails' : 'fail'}`,
          'ciclo insight jobs says why; until then curves, predictions or segments stay as they are',
        ),
  ]
}

export function judgeLease(lease: Lease | undefined, now: number, database: 'sqlite' | 'postgres'): Finding {
  if (database === 'postgres') return ok('loops', 'every server runs them')
  if (!lease) return warn('loops', 'no server has ever run them', 'Start the server')
  return lease.until < now
    ? warn(
        'loops',
        'no server runs them now',
        'Start the server: nothing is sent and no time passes meanwhile',
      )
    : ok('loops', `run by ${lease.holder}`)
}

export function judgeLastEvents(last: ReadonlyMap<Source, number>, now: number): Finding[] {
  const names = { public: 'browsers', secret: "the shop's server" } as const
  return (['public', 'secret'] as const).map((source) => {
    const at = last.get(source)
    const check = `events of ${names[source]}`
    if (at === undefined)
      return warn(
        check,
        'none yet',
        source === 'public' ? 'Is the tracker on the page?' : 'Does it send orders?',
      )
    return now - at > 24 * HOUR
      ? warn(check, `the last ${span(now - at)} ago`, 'Look for 401 and refused in the log and the figures')
      : ok(check, `the last ${span(Math.max(0, now - at))} ago`)
  })
}

export interface WorkspaceFacts {
  name: string
  /** The postal address that marketing mails must carry. */
  address: string | undefined
  /** What is wrong with its settings or journeys. */
  error: string | undefined
  liveJourneys: number
  /** Pools of coupons that have given their last code. */
  emptyPools: readonly string[]
}

export function judgeWorkspace(facts: WorkspaceFacts): Finding[] {
  const { name, address, error, liveJourneys, emptyPools } = facts
  if (error !== undefined)
    return [
      fail(
        `workspace ${name}`,
        error,
        'Its settings or journeys cannot be read: its events park and no mail goes',
      ),
    ]
  return [
    ok(`journeys of ${name}`, `${liveJourneys} live, all readable`),
    emptyPools.length === 0
      ? ok(`coupons of ${name}`, 'no pool is empty')
      : warn(
          `coupons of ${name}`,
          `${emptyPools.join(', ')}: no code is left`,
          'Import more: ciclo coupons import; mails that need a code fail meanwhile',
        ),
    address
      ? ok(`postal address of ${name}`, 'set')
      : warn(
          `postal address of ${name}`,
          'missing',
          'Set shop.address: the law asks for it in marketing mail',
        ),
  ]
}
