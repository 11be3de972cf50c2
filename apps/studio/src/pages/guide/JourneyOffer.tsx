import { Accordion, Badge, Box, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { JourneyDetails } from './JourneyDetails.tsx'
import type { JourneySummary } from './offeredJourneys.ts'
import { useJourneyWords } from './useJourneyWords.ts'

/** One journey in a line, which opens. */
export function JourneyOffer({ journey }: { journey: JourneySummary }) {
  const { t } = useTranslation('guide')
  const { name, does } = useJourneyWords(journey)
  const { id, status } = journey
  return (
    <Accordion.Item value={id}>
      <Accordion.Control>
        <Group justify="space-between" wrap="nowrap" gap="sm" pr="xs">
          <Box miw={0}>
            <Text component="span" display="block" size="sm" fw={600} truncate title={name}>
              {name}
            </Text>
            {does === '' ? null : (
              <Text component="span" display="block" size="sm" c="dimmed">
                {does}
              </Text>
            )}
          </Box>
          {status === 'draft' ? null : (
            <Badge variant={status === 'live' ? 'light' : 'default'} flex="none">
              {t(`journeyStates.${status}`)}
            </Badge>
          )}
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <JourneyDetails journey={journey} />
      </Accordion.Panel>
    </Accordion.Item>
  )
}
