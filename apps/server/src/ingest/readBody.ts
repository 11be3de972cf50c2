import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'
import { CicloError } from '../errors.ts'

/** Segment's limit of a request is 500 KB; ours is in binary kilobytes, so that nothing that fits there is refused. */
const BODY_BYTES = 512 * 1024

/** JSON of real events shrinks to a tenth; what inflates a hundredfold was made to. */
const INFLATION = 100
/** A body so small may be as empty as it likes. */
const INFLATION_FROM = 64 * 1024

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

const gzip: Inflate = promisify(gunzip)
const zlib: Inflate = promisify(inflate)
const raw: Inflate = promisify(inflateRaw)
const brotli: Inflate = promisify(brotliDecompress)
const zstd: Inflate = promisify(zstdDecompress)

const tooLarge = (limit: number) =>
  new CicloError('too-large', `The body is larger than ${limit} bytes; send smaller batches`)

/** The bytes of a request as they came in, of at most so many. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    // Node's parser ends the body there, so it can be taken whole: as a web stream it costs more than its JSON does.
    if (Number(declared) > limit) throw tooLarge(limit)
    const bytes = await request.arrayBuffer()
    if (bytes.byteLength > limit) throw tooLarge(limit)
    return Buffer.from(bytes)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const beginsLikeJson = (bytes: Buffer) => /^\s*\{/.test(bytes.toString('utf8', 0, 64))

/** How the body is packed: by its first bytes where they say it, else by what the header declares. */
function packingOf(bytes: Buffer, declared: string): Inflate | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gzip
  // RFC 9110 says that deflate is in a zlib envelope (0x78...); some clients leave it out.
  if (declared === 'deflate') return (bytes[0] ?? 0) % 16 === 8 ? zlib : raw
  if (declared === 'br') return brotli
  if (declared === 'zstd') return zstd
  if (['', 'identity', 'gzip', 'x-gzip'].includes(declared)) return undefined
  throw new CicloError(
    'bad-request',
    `content-encoding: given "${declared}", expected gzip, deflate, br or zstd, or none`,
  )
}

async function unpack(bytes: Buffer, declared: string, most: number): Promise<Buffer> {
  const packing = packingOf(bytes, declared)
  if (!packing) return bytes
  const limit = Math.min(most, Math.max(INFLATION_FROM, bytes.length * INFLATION))
  try {
    return await packing(bytes, { maxOutputLength: limit })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') {
      // Some clients declare a compression that they, or a proxy, have not applied.
      if (beginsLikeJson(bytes)) return bytes
      const name = packing === gzip ? 'gzip' : declared
      throw new CicloError('bad-request', `The body cannot be inflated as ${name}`, { cause })
    }
    if (limit === most) throw tooLarge(most)
    throw new CicloError(
      'too-large',
      `The body of ${bytes.length} bytes inflates more than ${INFLATION}-fold, expected events that people caused`,
      { cause },
    )
  }
}

/** Ids that JavaScript's numbers cannot hold, which would make one of two customers or orders: as text they can. */
const LONG_IDS = /"(\w{0,40}[iI]d)"(\s{0,9}:\s?)(-?\d{16,60})(?=\s{0,9}[,}])/g
/** Looks for the colon first, which is far quicker than to look for digits. */
const MAY_HAVE_LONG_IDS = /:\s?-?\d{16}/
const keepLongIds = (text: string) =>
  MAY_HAVE_LONG_IDS.test(text) ? text.replace(LONG_IDS, '"$1"$2"$3"') : text

/** The text of a request, inflated, of at most so many bytes. A byte order mark is skipped. */
export async function readTextBody(request: Request, most: number): Promise<string> {
  const bytes = await readBytes(request, most)
  const declared = (request.headers.get('content-encoding') ?? '').trim().toLowerCase()
  const text = (await unpack(bytes, declared, most)).toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

export interface BodyReading {
  /** In bytes: 512 KiB where it says nothing. */
  most?: number
  /** No body at all is `{}`. */
  mayBeEmpty?: boolean
}

/**
 * The JSON of a request, whatever its content type says: browsers send text/plain to avoid a preflight. Gzip is
 * recognised by its first bytes, declared or not. Nothing is inflated beyond the limits, nor held in memory beyond
 * them. A byte order mark, as .NET writes it, is skipped.
 */
export async function readJsonBody(
  request: Request,
  { most = BODY_BYTES, mayBeEmpty = false }: BodyReading = {},
): Promise<unknown> {
  const text = await readTextBody(request, most)
  if (mayBeEmpty && text.trim() === '') return {}
  try {
    return JSON.parse(keepLongIds(text))
  } catch (cause) {
    throw new CicloError('bad-json', `The body is not JSON: ${(cause as Error).message}`, { cause })
  }
}
