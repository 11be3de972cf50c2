import { open, type FileHandle } from 'node:fs/promises'
import { CicloError } from '../errors.ts'

export interface Line {
  /** From 1. */
  number: number
  text: string
}

export interface TextFile {
  lines: AsyncGenerator<Line, void, undefined>
  /** In bytes. */
  size: number
  /** How much of it has been read so far, in bytes. */
  position: () => number
  /** Also when it was not read to its end. */
  close: () => void
}

/** Far more than a row of orders, and little enough to keep: a file without line ends is not one of orders. */
const LONGEST_LINE = 1024 * 1024

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by this user',
  EISDIR: 'it is a folder',
}

async function openFile(path: string) {
  let handle: FileHandle | undefined
  try {
    handle = await open(path)
    const { size } = await handle.stat()
    const start = Buffer.alloc(2)
    await handle.read(start, 0, 2, 0)
    return { handle, size, isUtf16: start[0] === 0xff && start[1] === 0xfe }
  } catch (cause) {
    await handle?.close()
    const { code = '', message } = cause as NodeJS.ErrnoException
    const reason = REASONS[code] ?? message
    throw new CicloError('bad-request', `${path}: given as the file to read, and ${reason}`, { cause })
  }
}

/**
 * Opens a text file to be read line by line in flat memory: UTF-8, or UTF-16 (little endian) with a byte order mark;
 * lines end in \n, \r\n or \r.
 * Throws `bad-request` naming the path when it cannot be read, and the line when one is longer than 1 MB.
 */
export async function openTextFile(path: string): Promise<TextFile> {
  const { handle, size, isUtf16 } = await openFile(path)
  const stream = handle.createReadStream({ start: 0, encoding: isUtf16 ? 'utf16le' : 'utf8' })

  async function* lines(): AsyncGenerator<Line, void, undefined> {
    let rest = ''
    let number = 0
    for await (const chunk of stream) {
      // A \r at the end of a chunk may be half of a \r\n: it waits for the next.
      const text = rest + String(chunk)
      const isCut = text.endsWith('\r')
      const parts = (isCut ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
      rest = (parts.pop() ?? '') + (isCut ? '\r' : '')
      for (const part of parts) {
        number += 1
        yield { number, text: number === 1 ? part.replace(/^\uFEFF/, '') : part }
      }
      if (rest.length > LONGEST_LINE) {
        throw new CicloError(
          'bad-request',
          `${path}, row ${number + 1}: longer than ${LONGEST_LINE} characters, expected a text file of rows`,
        )
      }
    }
    const text = rest.replace(/^\uFEFF/, '').replace(/\r$/, '')
    if (text !== '') yield { number: number + 1, text }
  }

  return { lines: lines(), size, position: () => stream.bytesRead, close: () => void stream.destroy() }
}
