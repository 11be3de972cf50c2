import { useTranslation } from 'react-i18next'
import { useRunEnds } from '../tabs/useRunEnds.ts'
import words from '../../../words/en/customer.json' with { type: 'json' }

/** What ends a run withdraws its mails: how it has ended follows. */
const RUN = 'run-'

const REASONS: Readonly<Record<string, string>> = words.mail.reasons

/** Why a mail waits or did not go; by its code where there are no words for it. */
export function useMailReasons(): (reason: string | null) => string {
  const { t } = useTranslation('customer')
  const endOf = useRunEnds()
  return (reason) => {
    if (reason === null) return ''
    if (reason.startsWith(RUN)) return endOf(reason.slice(RUN.length))
    return Object.hasOwn(REASONS, reason) ? t(`mail.reasons.${reason as 'expired'}`) : reason
  }
}

type BlockerName = keyof typeof words.mail.blockers

/** Whether there are words for what keeps a mail back. */
export const isKnownBlocker = (reason: string): reason is BlockerName =>
  Object.hasOwn(words.mail.blockers, reason)

type SuppressionName = keyof typeof words.mail.suppressedBy

export const isKnownSuppression = (reason: unknown): reason is SuppressionName =>
  typeof reason === 'string' && Object.hasOwn(words.mail.suppressedBy, reason)
