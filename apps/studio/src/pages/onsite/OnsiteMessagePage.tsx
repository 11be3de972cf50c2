import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { OnsiteEditor } from './editor/OnsiteEditor.tsx'
import { onsiteQuery } from './onsiteQueries.ts'

/** One on-site message: what it says, to whom, and how it looks. */
export function OnsiteMessagePage() {
  const { onsiteId } = useParams({ from: '/inside/onsite/$onsiteId' })
  return <OneMessage key={onsiteId} id={onsiteId} />
}

function OneMessage({ id }: { id: string }) {
  const { t } = useTranslation('onsite')
  const { data, error, refetch } = useQuery({ ...onsiteQuery(id), refetchOnWindowFocus: false })
  // The editor looks after what it has by itself.
  const [stored, setStored] = useState(data)
  if (stored === undefined && data !== undefined) setStored(data)
  if (stored) return <OnsiteEditor stored={stored} />
  return (
    <>
      <PageTitle title={t('title')} />
      {error ? <Failure error={error} reset={() => void refetch()} /> : <Loading />}
    </>
  )
}
