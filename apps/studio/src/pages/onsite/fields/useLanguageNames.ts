import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Languages by the reader's names for them. */
export function useLanguageNames(): { nameOf: (locale: string) => string } {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: 'language' })
    return { nameOf: (locale) => names.of(locale) ?? locale }
  }, [i18n.language])
}
