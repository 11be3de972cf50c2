import { Badge, Group } from '@mantine/core'
import { IconBolt, IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { HomeMap, MapJourney, Stage } from '../homeQuery.ts'
import { SwitchOn } from '../SwitchOn.tsx'
import { useJourneyName } from '../useJourneyName.ts'

/** More do not fit into a card. */
const MOST_CHIPS = 2

function JourneyChip({ journey }: { journey: MapJourney }) {
  const { t } = useTranslation('home')
  const name = useJourneyName()(journey)
  const isPaused = journey.status === 'paused'
  const Icon = isPaused ? IconPlayerPause : IconBolt
  const state = t(`map.journey.${journey.status}`)
  return (
    <Badge
      size="sm"
      variant={isPaused ? 'default' : 'light'}
      tt="none"
      fw={500}
      maw="100%"
      title={`${name}: ${state}`}
      leftSection={<Icon size={11} stroke={1.8} aria-label={state} />}
    >
      {name}
    </Badge>
  )
}

/** The journeys that people come into at a stage, or the offer of one where there is none. */
export function StageJourneys({ stage, map }: { stage: Stage; map: HomeMap }) {
  const { t } = useTranslation('home')
  const nameOf = useJourneyName()
  const journeys = map.journeys.filter((one) => one.stage === stage)
  const offer = map.offers.find((one) => one.stage === stage)
  if (journeys.length === 0 && !offer) return null
  const others = journeys.length - MOST_CHIPS
  return (
    <Group gap={4} mt="auto" pt={4}>
      {journeys.slice(0, MOST_CHIPS).map((journey) => (
        <JourneyChip key={journey.id} journey={journey} />
      ))}
      {others > 0 ? (
        <Badge size="sm" variant="default" tt="none" fw={500}>
          {t('map.more', { count: others })}
        </Badge>
      ) : null}
      {offer ? (
        <SwitchOn offer={{ ...offer, name: nameOf(offer) }}>
          {t('map.offer', { name: nameOf(offer) })}
        </SwitchOn>
      ) : null}
    </Group>
  )
}
