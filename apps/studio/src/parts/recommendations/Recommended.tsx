import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../shell/Failure.tsx'
import { RecommendedList } from './RecommendedList.tsx'
import { recommendedQuery } from './recommendationQueries.ts'

/**
 * What is recommended to somebody or beside something, or why it is nothing.
 *
 * @param isPure without what fills it up where too little of its kind is known
 */
export function Recommended({
  asked,
  isPure = false,
}: {
  asked: Parameters<typeof recommendedQuery>[0]
  isPure?: boolean
}) {
  const { t } = useTranslation('recommendations')
  const { data, error, refetch } = useQuery(recommendedQuery(asked))
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={120} aria-busy="true" />
  const found = data.recommendations.filter(({ reason }) => !isPure || reason.kind === asked.kind)
  if (found.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(isPure ? 'product.noneFor' : asked.kind === 'viewed' ? 'noneViewed' : 'none')}
      </Text>
    )
  return <RecommendedList recommendations={found} />
}
