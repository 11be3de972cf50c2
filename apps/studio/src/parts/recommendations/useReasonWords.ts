import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import type { Recommendation } from './recommendationQueries.ts'

/** Why something is recommended: 'Bought together by 41 of 60 customers'. */
export function useReasonWords(): (reason: Recommendation['reason']) => string {
  const { t } = useTranslation('recommendations')
  const { number } = useFormats()
  return ({ kind, customers, of }) =>
    t(`reasons.${kind}`, { count: of, customers: number(customers), of: number(of) })
}
