import i18next from 'i18next'
import { isStudioLocale, keepLocale } from './studioLocale.ts'

/** Turns the studio to another language, now and in this browser from now on: all words at once, when all are there. */
export async function chooseLocale(locale: string): Promise<void> {
  if (!isStudioLocale(locale)) return
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
  keepLocale(locale)
}
