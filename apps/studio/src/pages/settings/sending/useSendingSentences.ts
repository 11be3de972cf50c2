import { useTranslation } from 'react-i18next'
import type { Settings } from '../settingsQuery.ts'
import { otherClock } from './otherClock.ts'

/** `America/New_York` as people say it. */
const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** What quiet hours and the cap mean for a customer, also for one whose clock shows another time. */
export function useSendingSentences({ quietHours, cap, shop }: Settings): { quiet: string[]; cap: string[] } {
  const { t } = useTranslation('settings')
  const quiet: string[] = []
  if (quietHours) {
    const { from, to } = quietHours
    const there = otherClock(to, shop.timeZone, Date.now())
    quiet.push(t('sending.says.quiet', { from, to }))
    if (there) {
      const city = cityOf(there.zone)
      quiet.push(t('sending.says.elsewhere', { city, to, time: there.time, shop: cityOf(shop.timeZone) }))
    }
    quiet.push(t('sending.says.transactional'))
  } else quiet.push(t('sending.says.always'))
  const caps: string[] = []
  if (cap && cap.perDay !== null) caps.push(t('sending.says.perDay', { number: cap.perDay }))
  if (cap && cap.perWeek !== null) caps.push(t('sending.says.perWeek', { number: cap.perWeek }))
  caps.push(t(caps.length > 0 ? 'sending.says.waits' : 'sending.says.uncapped'))
  return { quiet, cap: caps }
}
