import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { guideQuery } from './guideQuery.ts'
import { JourneyOutline } from './JourneyOutline.tsx'
import type { JourneySummary } from './offeredJourneys.ts'
import { readOutline } from './readOutline.ts'

const journeyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journeys', id],
    queryFn: () => ask(api.journeys[':id'].$get({ param: { id } })),
  })

/** What a journey will do, the button that switches it on, and what has come of it. */
export function JourneyDetails({ journey: { id, status } }: { journey: JourneySummary }) {
  const { t } = useTranslation('guide')
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery(journeyQuery(id))
  const publish = useMutation({
    mutationFn: () => ask(api.journeys[':id'].publish.$post({ param: { id } }, withBody({}))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['journeys'] })
      await queryClient.invalidateQueries({ queryKey: guideQuery.queryKey })
    },
  })
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Loading />
  const definition = data.draft?.definition ?? data.current?.definition
  return (
    <Stack gap="md">
      {definition ? <JourneyOutline steps={readOutline(definition)} /> : null}
      {publish.error ? <Failure error={publish.error} /> : null}
      <div aria-live="polite">
        {publish.data ? (
          <Alert color="green" title={t('steps.journey.switched')}>
            <Text size="sm">
              {t(publish.data.status === 'live' ? 'steps.journey.fromNow' : 'steps.journey.soon')}
            </Text>
          </Alert>
        ) : null}
      </div>
      {status === 'draft' ? (
        <Group gap="sm">
          <Button size="sm" loading={publish.isPending} onClick={() => publish.mutate()}>
            {t('steps.journey.switchOn')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('steps.journey.fromNow')}
          </Text>
        </Group>
      ) : null}
    </Stack>
  )
}
