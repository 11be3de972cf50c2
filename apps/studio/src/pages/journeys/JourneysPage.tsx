import { Button, Group, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { ListFrame } from '../../parts/ListFrame.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
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
    <ListFrame
      title={t('title')}
      text={t('text')}
      begin={begin}
      query={{ data, error, refetch }}
      isEmpty={journeys.length === 0}
      empty={{
        icon: <IconRoute size={22} stroke={1.6} aria-hidden />,
        title: t('empty.title'),
        text: mayChange ? t('empty.text') : t('readOnly'),
      }}
    >
      {journeys.length > 0 ? (
        <>
          <Group mb="sm" gap="sm">
            <SearchField label={t('list.search')} value={word} onChange={setWord} />
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
    </ListFrame>
  )
}
