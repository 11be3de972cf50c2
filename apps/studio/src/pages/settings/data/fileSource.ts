import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { TableSource } from '@ciclo/csv'

const PIECE = 256 * 1024

/** A file that somebody chose, read piece by piece. */
export const fileSource = (file: File): TableSource => ({
  name: file.name,
  async *bytes() {
    for (let from = 0; from < file.size; from += PIECE)
      yield new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer())
  },
})

/** The browser's own hashes a file only as a whole. */
export const hashInPieces = () => {
  const hash = sha256.create()
  return { update: (bytes: Uint8Array) => hash.update(bytes), digest: () => bytesToHex(hash.digest()) }
}
