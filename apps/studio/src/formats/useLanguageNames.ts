import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What languages are called in the reader's own. */
export function useLanguageNames(): (locale: string) => string {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
    return (locale) => {
      const name = names.of(locale) ?? locale
      return name.charAt(0).toLocaleUpperCase(i18n.language) + name.slice(1)
    }
  }, [i18n.language])
}
