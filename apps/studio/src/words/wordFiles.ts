import type { BackendModule } from 'i18next'

const LOADERS = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json')

async function load(language: string, namespace: string): Promise<Record<string, unknown>> {
  const loader = LOADERS[`./${language}/${namespace}.json`]
  if (!loader) throw new Error(`There are no words "${namespace}" in "${language}"`)
  return (await loader()).default
}

/** The words of a page are loaded with it, in one language. A test sees to it that no language lacks a word. */
export const wordFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    load(language, namespace).then(
      (words) => done(null, words),
      (error: unknown) => done(error instanceof Error ? error : String(error), null),
    )
  },
}
