import { splitLines, type Line } from '@ciclo/csv'
import { open, type FileHandle } from 'node:fs/promises'
import { CicloError } from '../errors.ts'

export interface TextFile {
  lines: AsyncGenerator<Line, void, undefined>
  /** In bytes. */
  size: number
  /** How much of it has been read so far, in bytes. */
  position: () => number
  /** Also when it was not read to its end. */
  close: () => void
}

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

  const pieces: AsyncIterable<string> = stream
  const lines = splitLines(
    pieces,
    (row, longest) =>
      new CicloError(
        'bad-request',
        `${path}, row ${row}: longer than ${longest} characters, expected a text file of rows`,
      ),
  )
  return { lines, size, position: () => stream.bytesRead, close: () => void stream.destroy() }
}
