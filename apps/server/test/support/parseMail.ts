import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'

/** The parts of a mail that most tests look at. */
export async function parseMail(stream: Readable): Promise<{ subject: string; messageId: string }> {
  const { subject = '', messageId = '' } = await PostalMime.parse(await buffer(stream))
  return { subject, messageId }
}
