import { parseBody } from 'hono/utils/body'
import { readTextBody } from '../../ingest/readBody.ts'

/** More than any of our forms needs. */
const MOST = 64 * 1024

/**
 * The fields of a form, however it was sent. A body that is none, too large or broken is an empty form: a mailbox
 * provider's POST counts whatever it brings (RFC 8058).
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? ''
  try {
    const body = await readTextBody(request, MOST)
    const read = new Request('http://form.invalid/', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    const fields = new URLSearchParams()
    for (const [name, values] of Object.entries(await parseBody(read, { all: true })))
      for (const value of [values].flat()) if (typeof value === 'string') fields.append(name, value)
    return fields
  } catch {
    return new URLSearchParams()
  }
}
