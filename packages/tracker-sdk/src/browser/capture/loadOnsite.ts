import type { Capture } from '../capture.ts'

interface OnsiteChunk {
  startOnsite: (options: object) => { stop: () => void }
}

/** Loads the script for messages on the page, once the server has said that there are any. */
export const loadOnsite: Capture = ({ ciclo, options, host, identity, hear }) => {
  const { onsite, writeKey } = options
  let loading: Promise<{ stop: () => void }> | undefined
  hear('answer', (answer) => {
    if (onsite === false || !(answer as { onsite?: boolean }).onsite) return
    // `import` carries on the nonce of this script, and is no sink of Trusted Types.
    loading ??= (import(`${host}/ciclo.onsite.mjs`) as Promise<OnsiteChunk>).then(({ startOnsite }) =>
      startOnsite({
        ciclo,
        url: `${host}/v1/onsite`,
        writeKey,
        visit: identity.visit(Date.now()).sessionNumber,
        anonymousId: () => identity.ids().anonymousId,
        locale: document.documentElement.lang || navigator.language,
      }),
    )
    // A page whose policy forbids it goes without.
    loading.catch(() => undefined)
  })
  hear(
    'withdrawal',
    () =>
      void loading?.then(
        ({ stop }) => stop(),
        () => undefined,
      ),
  )
}
