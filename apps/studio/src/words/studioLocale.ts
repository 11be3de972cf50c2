/** The languages that the studio speaks, by their own names. */
export const STUDIO_LOCALES = { en: 'English', es: 'Español', pl: 'Polski', ro: 'Română' } as const

export type StudioLocale = keyof typeof STUDIO_LOCALES

export const isStudioLocale = (text: string): text is StudioLocale => Object.hasOwn(STUDIO_LOCALES, text)

const KEPT = 'ciclo.locale'

/** What was chosen in this browser, else the first of its own languages that the studio speaks. */
export function firstLocale(): StudioLocale {
  const wanted = [keptLocale(), ...navigator.languages.map((tag) => tag.split('-', 1)[0] ?? '')]
  return wanted.find(isStudioLocale) ?? 'en'
}

function keptLocale(): string {
  // Storage that is blocked throws at the mere question.
  try {
    return localStorage.getItem(KEPT) ?? ''
  } catch {
    return ''
  }
}

export function keepLocale(locale: StudioLocale): void {
  try {
    localStorage.setItem(KEPT, locale)
  } catch {
    // Then it holds for this page.
  }
}
