import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { describeError } from '../describeError.ts'
import { CicloError } from '../errors.ts'
import { createLoop, type Loop } from '../loops/loop.ts'
import type { Feedback } from './createFeedback.ts'

export interface MaildirLoopOptions {
  /** A Maildir: `new` and `cur` in it are made where they are missing. */
  folder: string
  feedback: Pick<Feedback, 'takeMail' | 'keepUnread'>
  clock: Clock
  onError: (error: unknown) => void
}

const MAILS_PER_TURN = 100
const LOOK_EVERY = 15_000
/** `parseReport` reads no more. */
const READ_BYTES = 128 * 1024
/** Where mails go that could not even be kept for people: a folder of the Maildir, as mail programs show them. */
const FAILED = '.Failed'

async function readBeginning(path: string): Promise<Buffer> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle?.close()
  }
}

/**
 * Reads what a mail server delivers into a Maildir. A mail is deleted when what it says is stored: whom it names may be
 * erased one day. After a crash in between it is read again, and is the same event. One that cannot be read is moved
 * aside, so that it keeps nothing else waiting.
 */
export function createMaildirLoop({ folder, feedback, clock, onError }: MaildirLoopOptions): Loop {
  const place = (...parts: string[]) => join(folder, ...parts)
  let isMade = false

  const makeFolders = async () => {
    if (isMade) return
    for (const parts of [['new'], ['cur'], ['tmp'], [FAILED, 'new'], [FAILED, 'cur'], [FAILED, 'tmp']])
      await mkdir(place(...parts), { recursive: true, mode: 0o700 })
    isMade = true
  }

  const take = async (name: string): Promise<void> => {
    const path = place('new', name)
    try {
      const raw = await readBeginning(path)
      try {
        await feedback.takeMail(raw, { via: 'maildir', recipients: [] })
      } catch (error) {
        // The store is away, or too much waits: it stays, and so do those behind it.
        if (error instanceof CicloError && error.status !== 500) throw error
        onError(error)
        const reason = `it could not be taken over: ${describeError(error)}`
        await feedback.keepUnread(raw, { via: 'maildir', reason })
      }
      await rm(path)
    } catch (error) {
      if (error instanceof CicloError) throw error
      const { code } = error as NodeJS.ErrnoException
      // Another process was faster.
      if (code === 'ENOENT') return
      onError(error)
      await rename(path, place(FAILED, 'new', `${name.slice(0, 200)}-${randomUUID()}`)).catch(onError)
    }
  }

  return createLoop({
    clock,
    onError,
    atLeastEvery: LOOK_EVERY,
    run: async () => {
      await makeFolders()
      const names = (await readdir(place('new'))).filter((name) => !name.startsWith('.')).toSorted()
      for (const name of names.slice(0, MAILS_PER_TURN)) await take(name)
      return names.length > MAILS_PER_TURN ? clock.now() : undefined
    },
  })
}
