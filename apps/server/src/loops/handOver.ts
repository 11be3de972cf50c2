import { TemplateError } from '@ciclo/templates'
import type { Clock } from '../clock.ts'
import { describeError } from '../describeError.ts'
import type { ComposeMail } from '../mail/composeMail.ts'
import { classifySmtpError, keptResponse, type SmtpFailure } from '../mail/smtpFailure.ts'
import type { ServerBreakers } from '../sending/serverBreakers.ts'
import { WORKERS, type SignedMail, type Transports } from '../sending/transports.ts'
import { beginMessages, readMessage } from '../store/queries/messages.ts'
import type { Store } from '../store/store.ts'
import { BEGUN_LEASE, LEASE, type AttemptRecords } from './attemptRecords.ts'
import type { Dispatch } from './claim.ts'

/** So many are made ready at a time, while those before them are handed over; a crash leaves so many in doubt. */
const AT_ONCE = 2 * WORKERS
/** A mail that was noted as begun less than so long ago is not looked up again before it goes out. */
const UNSEEN = 1_000

export interface HandOverOptions {
  store: Store
  clock: Clock
  transports: Transports
  breakers: ServerBreakers
  composeMail: ComposeMail
  records: AttemptRecords
  /** Nothing more is handed over then. */
  isStopping: () => boolean
  onError: (error: unknown) => void
  /** Told of every attempt to hand a mail over, and its time. */
  onAttempted: (result: 'sent' | SmtpFailure['kind'], seconds: number) => void
}

interface Ready {
  dispatch: Dispatch
  /** When it was noted as begun. */
  begunAt: number
  subject: string
  mail: SignedMail
}

/**
 * Hands claimed mails to their servers: rendered and signed, noted as begun, sent, and what became of them recorded. A
 * worker takes the next mail when the server has answered its last one; the recordings gather meanwhile.
 */
export function createHandOver(options: HandOverOptions) {
  const { store, clock, transports, breakers, composeMail, records, isStopping, onError, onAttempted } =
    options

  const isInTime = ({ message }: Dispatch) => clock.now() <= (message.leaseUntil ?? 0) - LEASE / 2
  /** Only the mail that tries a server that was away goes to it. */
  const isServerThere = ({ sender, isTry }: Dispatch) => isTry || !breakers.isAway(sender.smtpUrl)

  const makeReady = async (dispatch: Dispatch): Promise<Ready | undefined> => {
    const { message, settings, sender } = dispatch
    try {
      const composed = await composeMail(message, settings, sender)
      const mail = await transports.sign(sender, composed)
      return { dispatch, begunAt: clock.now(), subject: composed.content.subject, mail }
    } catch (error) {
      // What the mail is to show could not be read: its claim runs out, and it is tried again.
      if (store.dialect.classifyError(error) !== 'other') throw error
      // What was to make it has been stopped: that says nothing of the mail.
      if (isStopping()) return undefined
      onError(error)
      if (error instanceof TemplateError && error.code === 'stopped') {
        // It took too long or too much, and so does everything where the machine is short of either.
        await records.putOff(dispatch, describeError(error))
        return undefined
      }
      // A template or a datum is broken: no later attempt would fare better.
      await records.unreadable(dispatch, `render: ${describeError(error)}`)
      return undefined
    }
  }

  /** Noted before the first word to the server. Of those that were erased or taken over meanwhile nothing is left. */
  const begin = async (ready: readonly Ready[]): Promise<Ready[]> => {
    if (ready.length === 0) return []
    const at = clock.now()
    const begun = await store.write(async (tx) => {
      const ids: Set<string>[] = []
      for (const [workspaceId, group] of Map.groupBy(ready, (one) => one.dispatch.message.workspaceId)) {
        const messages = group.map(({ dispatch }) => dispatch.message)
        ids.push(await beginMessages(tx, workspaceId, messages, { at, leaseUntil: at + BEGUN_LEASE }))
      }
      return new Set(ids.flatMap((some) => [...some]))
    })
    return ready.flatMap((one) => (begun.has(one.dispatch.message.id) ? { ...one, begunAt: at } : []))
  }

  /** A mail that waits behind others may belong to somebody who was erased meanwhile. */
  const isStillThere = async ({ dispatch: { message }, begunAt }: Ready): Promise<boolean> => {
    if (clock.now() - begunAt < UNSEEN) return true
    const stored = await store.read((tx) => readMessage(tx, message.workspaceId, message.id))
    return stored?.fence === message.fence
  }

  const attempt = async ({ dispatch, subject, mail }: Ready): Promise<() => Promise<void>> => {
    const { sender } = dispatch
    const start = performance.now()
    const attempted = (result: 'sent' | SmtpFailure['kind'], error?: unknown) => {
      onAttempted(result, (performance.now() - start) / 1_000)
      breakers.attempted(sender.smtpUrl, error)
    }
    try {
      const response = await transports.deliver(sender, mail)
      attempted('sent')
      return () => records.sent(dispatch, subject, keptResponse(response))
    } catch (error) {
      const failure = classifySmtpError(error)
      attempted(failure.kind, error)
      return () => records.failed(dispatch, subject, failure)
    }
  }

  /** To one server. What is not handed over, because of the server, the time or the store, is left in `unsent`. */
  const handOverToOne = async (dispatches: readonly Dispatch[], unsent: Dispatch[]): Promise<void> => {
    const failures: unknown[] = []
    const canGo = (dispatch: Dispatch) => {
      const can = !isStopping() && isInTime(dispatch) && isServerThere(dispatch)
      if (!can) unsent.push(dispatch)
      return can
    }
    const prepare = async (place: number): Promise<Ready[]> => {
      const chosen = dispatches.slice(place, place + AT_ONCE).filter(canGo)
      const ready = (await Promise.all(chosen.map(makeReady))).filter((one) => one !== undefined)
      try {
        return await begin(ready)
      } catch (error) {
        // Whether it is noted that they begin is not known; that they have not is.
        unsent.push(...ready.map(({ dispatch }) => dispatch))
        throw error
      }
    }
    async function* allReady() {
      let next = prepare(0)
      for (let place = 0; place < dispatches.length; place += AT_ONCE) {
        const ready = await next
        next = prepare(place + AT_ONCE)
        // Thrown where it is waited for.
        next.catch(() => {})
        yield* ready
      }
    }
    const waiting = allReady()
    const recordings: Promise<void>[] = []
    const handOne = async (ready: Ready): Promise<void> => {
      try {
        if (!(await isStillThere(ready))) return
      } catch (error) {
        unsent.push(ready.dispatch)
        throw error
      }
      if (canGo(ready.dispatch)) recordings.push((await attempt(ready))().catch(onError))
    }
    const work = async () => {
      for (;;) {
        const { value, done } = await waiting.next()
        if (done) return
        // The others were begun, too, and are to have an end.
        await handOne(value).catch((error: unknown) => failures.push(error))
      }
    }
    const workers = Array.from({ length: Math.min(WORKERS, dispatches.length) }, work)
    const ends = await Promise.allSettled(workers)
    await Promise.all(recordings)
    failures.push(...ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])))
    if (failures.length > 0) throw failures[0]
  }

  /** Resolves when each mail has an end, or is back in the queue. */
  return async (dispatches: readonly Dispatch[]): Promise<void> => {
    const byServer = Map.groupBy(dispatches, ({ sender }) => sender.smtpUrl)
    const unsent: Dispatch[] = []
    // A slow server keeps only its own mails waiting, and one whose mails fail none.
    const ends = await Promise.allSettled([...byServer.values()].map((some) => handOverToOne(some, unsent)))
    await records.putBack(unsent)
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }
}
