import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Writes a day such as `2026-11-22` as `22 Nov`, or as `Sun 22`: a date, whatever the time zone. */
export function useDayWords(): (day: string, withWeekday?: boolean) => string {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const options = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
    const plain = new Intl.DateTimeFormat(i18n.language, options)
    const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
    return (day, withWeekday = false) => {
      const at = Date.parse(`${day}T00:00:00Z`)
      return withWeekday ? `${weekday.format(at)} ${new Date(at).getUTCDate()}` : plain.format(at)
    }
  }, [i18n.language])
}
