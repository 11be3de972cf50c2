import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { journeyQuery } from './journeyQueries.ts'

// The language of journeys comes along with it.
const JourneyEditor = lazy(async () => ({ default: (await import('./JourneyEditor.tsx')).JourneyEditor }))

/** One journey: on a canvas or as a list, with what belongs to it beside it. */
export function JourneyPage() {
  const { t } = useTranslation('journey')
  const { journeyId } = useParams({ from: '/inside/journeys/$journeyId' })
  const { data, error, refetch } = useQuery(journeyQuery(journeyId))
  if (error && !data)
    return (
      <>
        <PageTitle title={t('title')} />
        <Failure error={error} reset={() => void refetch()} />
      </>
    )
  if (data?.id !== journeyId)
    return (
      <>
        <PageTitle title={t('title')} />
        <Loading />
      </>
    )
  return (
    <Suspense
      fallback={
        <>
          <PageTitle title={data.name} />
          <Loading />
        </>
      }
    >
      <JourneyEditor key={journeyId} id={journeyId} stored={data} />
    </Suspense>
  )
}
