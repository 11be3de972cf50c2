import type { OnsiteAnswer, ShownMessage } from '@ciclo/engine'
import type { OnsiteOptions } from './startOnsite.ts'

/** The messages that this visitor may see, the most important first. */
export const askServer = async (
  { url, writeKey, anonymousId, identityToken, locale }: OnsiteOptions,
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
