import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { campaignQuery } from '../campaigns/campaignQueries.ts'
import { CampaignEditor } from './editor/CampaignEditor.tsx'

/** Drafts and what was sent share little: each comes when it is needed. */
const CampaignWatch = lazy(async () => ({
  default: (await import('./watch/CampaignWatch.tsx')).CampaignWatch,
}))

/** One campaign: as long as it is a draft it is written, and from then on watched. */
export function CampaignPage() {
  const { campaignId } = useParams({ from: '/inside/campaigns/$campaignId' })
  return <OneCampaign key={campaignId} id={campaignId} />
}

function OneCampaign({ id }: { id: string }) {
  const { t } = useTranslation('campaigns')
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery({ ...campaignQuery(id), refetchOnWindowFocus: false })
  // The editor looks after what it has by itself.
  const [draft, setDraft] = useState(data)
  if (draft === undefined && data?.status === 'draft') setDraft(data)
  if (data && data.status !== 'draft')
    return (
      <Suspense fallback={<Loading />}>
        <CampaignWatch campaign={data} />
      </Suspense>
    )
  if (draft)
    return (
      <CampaignEditor
        stored={draft}
        onStarted={(started) => {
          queryClient.setQueryData(campaignQuery(id).queryKey, started)
          void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] })
        }}
      />
    )
  return (
    <>
      <PageTitle title={t('title')} />
      {error ? <Failure error={error} reset={() => void refetch()} /> : <Loading />}
    </>
  )
}
