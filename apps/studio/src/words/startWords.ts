import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { firstLocale } from './studioLocale.ts'
import { wordFiles } from './wordFiles.ts'

/** Loads the words that every page has; a page waits for its own. */
export async function startWords(): Promise<void> {
  const locale = firstLocale()
  await i18next
    .use(wordFiles)
    .use(initReactI18next)
    .init({
      lng: locale,
      load: 'currentOnly',
      fallbackLng: false,
      ns: ['shell', 'states'],
      defaultNS: 'shell',
      // React escapes.
      interpolation: { escapeValue: false },
    })
  document.documentElement.lang = locale
}
