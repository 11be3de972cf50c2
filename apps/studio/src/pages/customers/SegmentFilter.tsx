import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { segmentNamesQuery } from './listQueries.ts'

/** Which saved segment the customers are in. */
export function SegmentFilter({
  segment,
  onChange,
}: {
  segment: string | undefined
  onChange: (segment: string | undefined) => void
}) {
  const { t } = useTranslation('customers')
  const { data } = useQuery(segmentNamesQuery)
  const options = (data?.segments ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const isKnown = segment === undefined || options.some(({ value }) => value === segment)
  if (options.length === 0 && segment === undefined) return null
  return (
    <Select
      size="xs"
      w={180}
      aria-label={t('segment')}
      placeholder={t('segment')}
      // One that is gone meanwhile is named by its id, so that it can be taken out.
      data={isKnown ? options : [...options, { value: segment, label: segment }]}
      value={segment ?? null}
      onChange={(value) => onChange(value ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': t('clearSegment') }}
      searchable
      nothingFoundMessage={t('noSegment')}
    />
  )
}
