import type { Onsite, OnsiteOptions } from '../../onsite/startOnsite.ts'
import type { TrackerEvent } from '../../trackerEvent.ts'
import type { Capture } from '../capture.ts'

interface OnsiteChunk {
  startOnsite: (options: OnsiteOptions) => Onsite
}

/** Loads the script for messages on the page, once the server has said that there are any. */
export const loadOnsite: Capture = ({ ciclo, options, host, identity, isAllowed, hear }) => {
  const { onsite, writeKey } = options
  let running: Promise<Onsite | undefined> | undefined
  let identityToken: string | undefined

  const load = async () => {
    // `import` carries on the nonce of this script, and is no sink of Trusted Types.
    const { startOnsite } = (await import(`${host}/ciclo.onsite.mjs`)) as OnsiteChunk
    return isAllowed()
      ? startOnsite({
          ciclo,
          url: `${host}/v1/onsite`,
          writeKey,
          visit: identity.visit(Date.now()).sessionNumber,
          identityToken,
          anonymousId: () => identity.ids().anonymousId,
          locale: document.documentElement.lang || navigator.language,
        })
      : undefined
  }

  hear('identify', (event) => {
    ;({ identityToken } = (event as TrackerEvent).context)
  })
  hear('answer', (answer) => {
    // A page whose policy forbids it goes without.
    if (onsite !== false && (answer as { onsite?: boolean }).onsite) running ??= load().catch(() => undefined)
  })
  hear('withdrawal', () => {
    void running?.then((started) => started?.stop())
    running = undefined
  })
}
