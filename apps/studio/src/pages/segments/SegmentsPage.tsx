import { Box, Button, Skeleton, Stack, Title } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { SegmentExamples } from './list/SegmentExamples.tsx'
import { SegmentsTable } from './list/SegmentsTable.tsx'
import { segmentsQuery } from './segmentQueries.ts'
import { useMayChange } from './useMayChange.ts'

/** Fewer are found with the eye. */
const SEARCHED_FROM = 8

/** All segments. */
export function SegmentsPage() {
  const { t } = useTranslation('segments')
  const mayChange = useMayChange()
  const { data, error, refetch } = useQuery(segmentsQuery)
  const [wanted, setWanted] = useState('')
  const segments = data?.segments ?? []
  const word = wanted.trim().toLocaleLowerCase()
  const found = segments
    .filter(({ name, id }) => name.toLocaleLowerCase().includes(word) || id.includes(word))
    .toSorted((one, other) => one.name.localeCompare(other.name))
  return (
    <>
      <PageTitle
        title={t('title')}
        text={t('text')}
        actions={
          mayChange ? (
            <Button
              renderRoot={(props) => (
                <Link to="/segments/$segmentId" params={{ segmentId: 'new' }} search={{}} {...props} />
              )}
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            >
              {t('new')}
            </Button>
          ) : null
        }
      />
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={240} aria-busy="true" /> : null}
      {data && segments.length === 0 ? (
        <Empty
          icon={<IconUsersGroup size={22} stroke={1.6} aria-hidden />}
          title={t('empty.title')}
          text={mayChange ? t('empty.text') : t('readOnly')}
        />
      ) : null}
      {segments.length >= SEARCHED_FROM ? (
        <Box mb="sm">
          <SearchField label={t('list.search')} value={wanted} onChange={setWanted} />
        </Box>
      ) : null}
      {segments.length > 0 ? <SegmentsTable segments={found} /> : null}
      {data && mayChange && segments.length < SEARCHED_FROM ? (
        <Stack gap="sm" mt={segments.length === 0 ? 0 : 'xl'}>
          {segments.length === 0 ? null : <Title order={2}>{t('examples.title')}</Title>}
          <SegmentExamples />
        </Stack>
      ) : null}
    </>
  )
}
