import { useTranslation } from 'react-i18next'
import type { OutboxMessage } from './messageQueries.ts'

interface ReasonWords {
  what: string
  do: string
}

/** Says why a message is in its state, and what can be done about it. */
export function useReason() {
  const { t } = useTranslation('messages')
  return ({ state, why }: Pick<OutboxMessage, 'state' | 'why'>): ReasonWords => {
    const detail = why?.detail ?? ''
    const states: Record<string, Record<string, ReasonWords>> = t('reason', { returnObjects: true, detail })
    const words = states[state]?.[why?.code ?? 'none']
    if (words) return words
    return { what: why ? t('reasonOther', { code: why.code }) : '', do: '' }
  }
}
