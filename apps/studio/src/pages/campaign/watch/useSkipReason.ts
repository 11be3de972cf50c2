import { useTranslation } from 'react-i18next'
import { useReason } from '../../messages/useReason.ts'

/** What only campaigns have as a reason. */
const OWN = ['parked', 'merged', 'same-address'] as const

/** Why somebody of an audience gets no mail, in words: those of the outbox, where it has them. */
export function useSkipReason() {
  const { t } = useTranslation(['campaigns', 'messages'])
  const reasonOf = useReason()
  return (
    code: string,
    state: 'refused' | 'failed' | 'queued' | 'expired' | 'dead' | 'unknown' = 'refused',
  ) => {
    const own = OWN.find((one) => one === code)
    if (own && state === 'refused') return t(`campaigns:reasons.${own}`)
    const words = reasonOf({ state, why: { code, detail: null } }).what
    return words === '' ? t('campaigns:reasons.other', { code }) : words
  }
}
