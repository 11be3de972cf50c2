import { createHash } from 'node:crypto'
import type { TableHash } from '@ciclo/csv'

/** SHA-256 of what comes piece by piece: the same content is the same file. */
export function hashInPieces(): TableHash {
  const sha256 = createHash('sha256')
  return { update: (bytes) => sha256.update(bytes), digest: () => sha256.digest('hex') }
}
