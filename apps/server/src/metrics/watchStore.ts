import { Gauge, type Registry } from 'prom-client'
import { readBacklog, type Backlog } from '../store/queries/backlog.ts'
import type { Store, StoreSpace } from '../store/store.ts'

/** A scrape within this of the last takes its figures: milliseconds. */
const FRESH_FOR = 5_000
/** A store that does not answer must not take the other figures along. */
const PATIENCE = 2_000

interface Figures {
  backlog: Backlog
  space: StoreSpace
  at: number
}

const late = (at: number, due: number | null) => (due === null ? 0 : Math.max(0, at - due) / 1_000)

export interface WatchStoreOptions {
  store: Store
  registry: Registry
  /** What the messages and timers live by. */
  now: () => number
}

/** Gauges of what is stored, read when somebody asks for them. While the store is away only `ciclo_store_up` is there. */
export function watchStore({ store, registry, now }: WatchStoreOptions): void {
  let latest: { since: number; figures: Promise<Figures | undefined> } | undefined

  const read = async (): Promise<Figures | undefined> => {
    try {
      const backlog = await store.read(readBacklog)
      return { backlog, space: await store.space(), at: now() }
    } catch {
      return undefined
    }
  }

  const figures = async (): Promise<Figures | undefined> => {
    const since = performance.now()
    if (!latest || since - latest.since > FRESH_FOR) latest = { since, figures: read() }
    let timeout: NodeJS.Timeout | undefined
    const tooLate = new Promise<undefined>((resolve) => {
      timeout = setTimeout(resolve, PATIENCE, undefined)
    })
    try {
      return await Promise.race([latest.figures, tooLate])
    } finally {
      clearTimeout(timeout)
    }
  }

  const gauge = (name: string, help: string, value: (figures: Figures) => number | null) => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        async collect() {
          const found = await figures()
          const number = found && value(found)
          if (number === undefined || number === null) this.remove()
          else this.set(number)
        },
      }),
    )
  }

  registry.registerMetric(
    new Gauge({
      name: 'ciclo_store_up',
      help: 'Whether the database answers',
      registers: [],
      async collect() {
        this.set((await figures()) ? 1 : 0)
      },
    }),
  )
  gauge('ciclo_wake_lag_seconds', 'How late the earliest timer of a customer is', ({ backlog, at }) =>
    late(at, backlog.wakeAt),
  )
  gauge('ciclo_outbox_queued', 'Messages that wait, counted up to 100000', ({ backlog }) => backlog.queued)
  gauge(
    'ciclo_outbox_sending',
    'Messages in the hands of a sender, counted up to 100000',
    ({ backlog }) => backlog.sending,
  )
  gauge('ciclo_outbox_lag_seconds', 'How late the oldest message that waits is', ({ backlog, at }) =>
    late(at, backlog.dueAt),
  )
  gauge(
    'ciclo_parked_inputs',
    'Inputs that could not be applied and are set aside, counted up to 100000',
    ({ backlog }) => backlog.parkedInputs,
  )
  gauge(
    'ciclo_parked_customers',
    'Customers to whom nothing more is fed, counted up to 100000',
    ({ backlog }) => backlog.parkedCustomers,
  )
  gauge(
    'ciclo_jobs_failing',
    'Jobs over all customers whose last try has failed',
    ({ backlog }) => backlog.failingJobs.length,
  )
  gauge(
    'ciclo_senders_stopped',
    'Senders whose mails wait until somebody lets them go on',
    ({ backlog }) => backlog.stoppedSenders,
  )
  gauge('ciclo_database_bytes', 'Size of the database', ({ space }) => space.database)
  gauge('ciclo_database_log_bytes', "Size of SQLite's write-ahead log", ({ space }) => space.log)
  gauge('ciclo_disk_free_bytes', 'Room on the disk that holds a SQLite database', ({ space }) => space.free)
}
