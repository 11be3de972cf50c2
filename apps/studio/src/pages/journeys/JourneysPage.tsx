import { Button, Group, SegmentedControl, Skeleton, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconRoute, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Empty } from '../../parts/Empty.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { useMayChange } from '../segments/useMayChange.ts'
import { countViews, findJourneys, JOURNEY_VIEWS, type JourneyView } from './findJourneys.ts'
import { JourneyTable } from './JourneyTable.tsx'
import { journeysQuery } from './journeysQuery.ts'
import { NewJourneyDialog } from './NewJourneyDialog.tsx'

/** All journeys: how each stands, and what can be done with it. */
export function JourneysPage() {
  const { t } = useTranslation('journeys')
  const { number } = useFormats()
  const mayChange = useMayChange()
  const { data, error, refetch } = useQuery(journeysQuery)
  const [view, setView] = useState<JourneyView>('all')
  const [word, setWord] = useState('')
  const [isMaking, making] = useDisclosure(false)
  const journeys = data?.journeys ?? []
  const counts = countViews(journeys)
  const begin = mayChange ? (
    <Button onClick={making.open} leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}>
      {t('new')}
    </Button>
  ) : null
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} actions={journeys.length > 0 ? begin : null} />
      {error && !data ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={320} aria-busy="true" /> : null}
      {data && journeys.length === 0 ? (
        <Empty
          icon={<IconRoute size={22} stroke={1.6} aria-hidden />}
          title={t('empty.title')}
          text={mayChange ? t('empty.text') : t('readOnly')}
          action={begin}
        />
      ) : null}
      {journeys.length > 0 ? (
        <>
          <Group mb="sm" gap="sm">
            <TextInput
              w={{ base: '100%', sm: 260 }}
              type="search"
              aria-label={t('list.search')}
              placeholder={t('list.search')}
              leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
              value={word}
              onChange={(event) => setWord(event.currentTarget.value)}
            />
            <SegmentedControl
              w={{ base: '100%', sm: 'auto' }}
              aria-label={t('list.views')}
              value={view}
              onChange={(value) => setView(value)}
              data={JOURNEY_VIEWS.map((value) => ({
                value,
                label: `${t(`views.${value}`)} ${number(counts[value])}`,
              }))}
            />
          </Group>
          <JourneyTable journeys={findJourneys(journeys, { view, word })} />
        </>
      ) : null}
      {isMaking ? <NewJourneyDialog journeys={journeys} onClose={making.close} /> : null}
    </>
  )
}
