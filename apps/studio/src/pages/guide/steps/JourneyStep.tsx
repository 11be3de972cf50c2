import { Accordion, Button, Group, Stack, Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { Failure } from '../../../shell/Failure.tsx'
import { Loading } from '../../../shell/Loading.tsx'
import { JourneyOffer } from '../JourneyOffer.tsx'
import { offeredJourneys } from '../offeredJourneys.ts'

const journeysQuery = queryOptions({
  queryKey: ['journeys'],
  queryFn: () => ask(api.journeys.index.$get()),
})

/** The journeys that come with Ciclo: what each does, and a button that switches it on. */
export function JourneyStep() {
  const { t } = useTranslation('guide')
  const { data, error, refetch } = useQuery(journeysQuery)
  const [showsAll, showAll] = useState(false)
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Loading />
  const { first, others, on } = offeredJourneys(data.journeys)
  return (
    <Stack gap="sm">
      <Text size="sm">{t('steps.journey.on', { count: on })}</Text>
      <Accordion variant="contained" keepMounted={false} order={3} chevronPosition="left">
        {(showsAll ? [...first, ...others] : first).map((journey) => (
          <JourneyOffer key={journey.id} journey={journey} />
        ))}
      </Accordion>
      {showsAll || others.length === 0 ? null : (
        <Group>
          <Button size="xs" variant="default" onClick={() => showAll(true)}>
            {t('steps.journey.all', { count: others.length })}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
