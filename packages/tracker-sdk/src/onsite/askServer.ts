import type { OnsiteAnswer, ShownMessage } from '@ciclo/engine'

export interface OnsiteRequest {
  /** The full address of `POST /v1/onsite`. */
  url: string
  /** The workspace's public key. */
  writeKey: string
  /** The visitor's current id. */
  anonymousId: () => string
  /** A JSON Web Token of the shop's server for the person who is logged in. */
  identityToken?: string | undefined
  /** The visitor's language, such as `es-MX`. */
  locale: string
}

/** The messages that this visitor may see, the most important first. */
export const askServer = async (
  { url, writeKey, anonymousId, identityToken, locale }: OnsiteRequest,
  signal: AbortSignal,
): Promise<readonly ShownMessage[]> => {
  const response = await fetch(url, {
    method: 'POST',
    // A string travels as text/plain: no preflight.
    body: JSON.stringify({ writeKey, anonymousId: anonymousId(), identityToken, locale }),
    credentials: 'omit',
    signal,
  })
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}, expected 200`)
  return ((await response.json()) as OnsiteAnswer).messages
}
