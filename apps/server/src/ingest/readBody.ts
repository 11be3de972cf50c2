import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { CicloError } from '../errors.ts'

/** Segment's limit of a request is 500 KB; ours is in binary kilobytes, so that nothing that fits there is refused. */
const BODY_BYTES = 512 * 1024

const inflate = promisify(gunzip)

const tooLarge = () =>
  new CicloError('too-large', `The body is larger than ${BODY_BYTES} bytes; send smaller batches`)

async function readBytes(request: Request): Promise<Buffer> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    // Node's parser ends the body there, so it can be taken whole: as a web stream it costs more than its JSON does.
    if (Number(declared) > BODY_BYTES) throw tooLarge()
    const bytes = await request.arrayBuffer()
    if (bytes.byteLength > BODY_BYTES) throw tooLarge()
    return Buffer.from(bytes)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > BODY_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * The JSON of a request, whatever its content type says: browsers send text/plain to avoid a preflight. Gzip is
 * recognised by its first bytes, declared or not, and never inflated beyond the limit.
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const plain = isGzip
    ? await inflate(bytes, { maxOutputLength: BODY_BYTES }).catch((cause: unknown) => {
        if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
        throw new CicloError('bad-request', 'The body begins like gzip and cannot be inflated', { cause })
      })
    : bytes
  try {
    return JSON.parse(plain.toString('utf8'))
  } catch (cause) {
    throw new CicloError('bad-json', `The body is not JSON: ${(cause as Error).message}`, { cause })
  }
}
