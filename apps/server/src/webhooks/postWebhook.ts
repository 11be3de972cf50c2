import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { urlToHttpOptions } from 'node:url'
import { describeError } from '../describeError.ts'
import { VERSION } from '../version.ts'
import { findAddresses, type AddressOptions, type HostAddress } from './findAddresses.ts'

/** Name, connection, request and answer together: milliseconds. */
const PATIENCE = 15_000
/** What is read of an answer, in bytes. */
const MOST_READ = 16 * 1024

/** What a receiver has said, why nothing was heard of it, or why it was not even asked. */
export type WebhookAnswer =
  | {
      kind: 'answered'
      status: number
      retryAfter: string | undefined
      text: string
      /** The answer broke off before its end. */
      isCut?: true
      /** Of the header that was asked for. */
      header?: string | undefined
    }
  | { kind: 'unanswered'; reason: string }
  | { kind: 'forbidden'; reason: string }

export interface PostOptions extends AddressOptions {
  /** Milliseconds. */
  patience?: number
}

export interface Post {
  /** `POST` where nothing is said; `GET` has no body. */
  method?: 'GET' | 'POST'
  /** What is read of the answer, in bytes, where it is more than people want to read. */
  mostRead?: number
  /** A header of the answer that is of interest, in lower case. */
  wanted?: string
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

export type PostWebhook = (post: Post) => Promise<WebhookAnswer>

/** Connects to the addresses that were looked at, whatever the name stands for by now. */
const onlyTo =
  (addresses: readonly HostAddress[]): LookupFunction =>
  (_hostname, options, answer) => {
    const [first] = addresses
    if (options.all) answer(null, [...addresses])
    else if (first) answer(null, first.address, first.family)
  }

async function readSome(response: IncomingMessage, most: number): Promise<{ text: string; isCut?: true }> {
  const chunks: Buffer[] = []
  let size = 0
  let isCut = false
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      // Leaving the loop closes the connection.
      if (size >= most) break
    }
  } catch {
    // The status has been said, and counts, however the rest ends.
    isCut = true
  }
  const text = Buffer.concat(chunks).toString('utf8', 0, most)
  return isCut ? { text, isCut } : { text }
}

/** Rejects when the signal says so; a name that is being looked up cannot be told to stop. */
const before = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  await new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    work.then(resolve, reject)
  })

/**
 * Posts JSON to a server somewhere on the internet. Follows no redirect, keeps no connection, never rejects.
 */
export function createPostWebhook({ patience = PATIENCE, ...options }: PostOptions): PostWebhook {
  return async ({ method = 'POST', mostRead = MOST_READ, wanted, url: text, headers, body }) => {
    if (!URL.canParse(text)) return { kind: 'forbidden', reason: 'the address cannot be read' }
    const url = new URL(text)
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      return { kind: 'forbidden', reason: `${url.protocol}: expected http or https` }
    const signal = AbortSignal.timeout(patience)
    try {
      const found = await before(signal, findAddresses(url, options))
      if ('forbidden' in found) return { kind: 'forbidden', reason: found.forbidden }
      const { addresses } = found
      if (addresses.length === 0) return { kind: 'unanswered', reason: `${url.hostname} has no address` }
      const send = url.protocol === 'https:' ? requestHttps : requestHttp
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const request = send({
          ...urlToHttpOptions(url),
          method,
          headers: {
            ...headers,
            ...(method === 'GET'
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
            'user-agent': `Ciclo/${VERSION}`,
          },
          agent: false,
          lookup: onlyTo(addresses),
          signal,
        })
        request.once('response', resolve)
        request.once('error', reject)
        request.end(method === 'GET' ? undefined : body)
      })
      const { statusCode = 0 } = response
      const retryAfter = response.headers['retry-after']
      const header = wanted === undefined ? undefined : response.headers[wanted]
      return {
        kind: 'answered',
        status: statusCode,
        retryAfter,
        ...(await readSome(response, mostRead)),
        ...(wanted === undefined ? {} : { header: Array.isArray(header) ? header[0] : header }),
      }
    } catch (error) {
      const reason = signal.aborted ? `no answer within ${patience / 1_000} s` : describeError(error)
      return { kind: 'unanswered', reason }
    }
  }
}
