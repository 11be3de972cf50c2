import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { SegmentEditor } from './editor/SegmentEditor.tsx'
import { EXAMPLES, isExample } from './rule/examples.ts'
import { segmentQuery, segmentsQuery } from './segmentQueries.ts'

const NOTHING = { kind: 'and', rules: [] }

/** One segment: its rule, and who is in it. */
export function SegmentPage() {
  const { t } = useTranslation('segments')
  const { segmentId } = useParams({ from: '/inside/segments/$segmentId' })
  const { from, example } = useSearch({ from: '/inside/segments/$segmentId' })
  const isNew = segmentId === 'new'
  const origin = isNew ? from : segmentId
  const all = useQuery(segmentsQuery)
  const one = useQuery({ ...segmentQuery(origin ?? ''), enabled: origin !== undefined })
  const failed = all.error ?? (origin === undefined ? null : one.error)
  if (failed)
    return (
      <>
        <PageTitle title={t('title')} />
        <Failure error={failed} reset={() => void (all.error ? all.refetch() : one.refetch())} />
      </>
    )
  if (!all.data || (origin !== undefined && !one.data))
    return (
      <>
        <PageTitle title={t('title')} />
        <Loading />
      </>
    )
  const begun = isExample(example)
    ? { name: t(`examples.${example}.name`), rule: EXAMPLES[example] }
    : { name: '', rule: NOTHING }
  const copied = one.data ? { name: t('save.copyOf', { name: one.data.name }), rule: one.data.rule } : begun
  return (
    <SegmentEditor
      // Another segment begins anew, and forgets what could be taken back.
      key={isNew ? `new ${from} ${example}` : segmentId}
      segment={isNew ? undefined : one.data}
      begun={copied}
      taken={new Set(all.data.segments.map(({ id }) => id))}
    />
  )
}
