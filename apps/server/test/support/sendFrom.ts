import { request } from 'node:http'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** Undefined where the text is no JSON. */
  body: Record<string, unknown> | undefined
}

export interface SendOptions {
  method?: string
  body?: string | Uint8Array
  headers?: Record<string, string>
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** One request with its path byte for byte as given, which `fetch` would tidy up. */
export async function sendRaw(base: string, path: string, options: SendOptions = {}): Promise<Answer> {
  const { method = 'GET', body, headers = {} } = options
  const { hostname, port } = new URL(base)
  return await new Promise((resolve, reject) => {
    let isAnswered = false
    const call = request({ hostname, port, path, method, headers }, (response) => {
      isAnswered = true
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: readJson(text),
        }),
      )
    })
    // A server that refuses a body before its end closes the connection after its answer.
    call.on('error', (error) => {
      if (!isAnswered) reject(error)
    })
    call.end(body)
  })
}

/** A browser's address on the internet, as a proxy before the server would name it. */
export const forwardedFor = (address: string) => ({ 'x-forwarded-for': address })
