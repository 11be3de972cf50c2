import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'

async function isFor(path: string, addresses: readonly string[]): Promise<boolean> {
  const source = await readFile(path)
  const text = source.toString('latin1').toLowerCase()
  // Most mails are another's: only those that name the address somewhere are read as mails.
  if (!addresses.some((address) => text.includes(Buffer.from(address).toString('latin1')))) return false
  const { to = [], cc = [] } = await PostalMime.parse(source)
  return [...to, ...cc].some(({ address }) => addresses.includes(address?.toLowerCase() ?? ''))
}

/** Removes what the embedded mailbox keeps of the mails to these addresses; returns how many there were. */
export async function eraseMails(folder: string, addresses: readonly string[]): Promise<number> {
  if (addresses.length === 0) return 0
  const files = await readdir(folder).catch((error: unknown) => {
    // Without an embedded mailbox there is no folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  let erased = 0
  for (const file of files.filter((name) => name.endsWith('.eml'))) {
    const path = join(folder, file)
    if (!(await isFor(path, addresses))) continue
    await rm(path, { force: true })
    erased += 1
  }
  return erased
}
