import { useTranslation } from 'react-i18next'

/** What stands behind a number of days: ` day`, ` days`. */
export function useDayWord(): (days: number | string) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'day', unitDisplay: 'long' })
  return (days) => {
    const unit = format.formatToParts(Number(days)).find(({ type }) => type === 'unit')
    return ` ${unit?.value ?? ''}`
  }
}
