import { CicloError } from '../errors.ts'
import type { FetchFromAmazon } from './providers/snsMessage.ts'

const PATIENCE = 5_000
const MOST_BYTES = 64 * 1024

/** A text of at most 64 KB, without following redirects: the address was checked, another was not. */
export const fetchFromAmazon: FetchFromAmazon = async (url) => {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > MOST_BYTES) throw new Error(`longer than ${MOST_BYTES} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (cause) {
    // Amazon tries again for an hour.
    const why = `${url.host} could not be asked: ${(cause as Error).message}`
    throw new CicloError('store-unavailable', why, { cause })
  }
}
