import { useTranslation } from 'react-i18next'
import words from '../../../words/en/customer.json' with { type: 'json' }

const ENDS: Readonly<Record<string, string>> = words.ends

/** How a run has ended: `goal`, `exit:Refunded` or `ended-by:win-back`, in words. */
export function useRunEnds(): (reason: string | null) => string {
  const { t } = useTranslation('customer')
  return (reason) => {
    if (reason === null) return ''
    if (Object.hasOwn(ENDS, reason)) return t(`ends.${reason as 'goal'}`)
    const place = reason.indexOf(':')
    const name = reason.slice(place + 1)
    return reason.startsWith('ended-by:') ? t('ends.by', { name }) : t('ends.exit', { name })
  }
}
