import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../shell/Failure.tsx'
import { RecommendedList } from './RecommendedList.tsx'
import { recommendedQuery } from './recommendationQueries.ts'

/** What is recommended to somebody or beside something, or why it is nothing. */
export function Recommended({ asked }: { asked: Parameters<typeof recommendedQuery>[0] }) {
  const { t } = useTranslation('recommendations')
  const { data, error, refetch } = useQuery(recommendedQuery(asked))
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={120} aria-busy="true" />
  if (data.recommendations.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(asked.kind === 'viewed' ? 'noneViewed' : 'none')}
      </Text>
    )
  return <RecommendedList recommendations={data.recommendations} />
}
