import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, messageOf } from '../../../api/apiProblem.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { PublishChoices } from './PublishChoices.tsx'
import { previewQuery, publishJourney, type PublishChoice, type StepMapping } from './publishQueries.ts'

/** Saves what is edited, shows what publishing it would do and to whom, and publishes it. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('journey')
  const { id, definition, draft } = useJourneyEditing()
  const queryClient = useQueryClient()
  const [mapping, setMapping] = useState<StepMapping | null>(null)
  const [choice, setChoice] = useState<PublishChoice>({ runs: 'stay', opening: null })
  const saved = useQuery({
    queryKey: ['journeys', 'flushed', id],
    queryFn: async () => {
      await draft.flush()
      return true
    },
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
  })
  const preview = useQuery({
    ...previewQuery(id, mapping),
    enabled: saved.isSuccess,
    placeholderData: (before) => before,
  })
  const publish = useMutation({
    mutationFn: (hash: string) => publishJourney(id, hash, choice),
  })
  const isDone = publish.isSuccess
  const { look } = draft
  // Only once it is closed: what is around it is made anew when the journey stands otherwise, and it with it.
  useEffect(() => {
    if (!isDone) return undefined
    return () => {
      void queryClient.invalidateQueries({ queryKey: ['journeys'] })
      void look().catch(() => {})
    }
  }, [isDone, look, queryClient])
  const { data } = preview
  const error = saved.error ?? preview.error ?? publish.error
  const hasErrors = data?.problems.some(({ severity }) => severity === 'error') ?? false
  const isStale = error instanceof ApiProblem && error.status === 409 && !publish.isIdle
  const isNothing = error instanceof ApiProblem && error.status === 409 && publish.isIdle
  const lookAgain = async () => {
    publish.reset()
    setMapping(null)
    await look().catch(() => {})
    await saved.refetch()
    await preview.refetch()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<span className="any-text">{t('publish.title', { name: definition.name })}</span>}
      closeButtonProps={{ 'aria-label': t('publish.close') }}
    >
      {publish.data ? (
        <Stack gap="sm">
          <Alert color={publish.data.status === 'live' ? 'green' : 'blue'} role="status">
            {t(
              `publish.done.${publish.data.status === 'live' || publish.data.status === 'paused' ? publish.data.status : 'published'}`,
              {
                version: publish.data.version,
              },
            )}
          </Alert>
          {choice.opening ? <Text size="sm">{t('publish.done.opening')}</Text> : null}
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {t('publish.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          {!data && !error ? <Skeleton height={180} aria-busy="true" /> : null}
          {data ? (
            <PublishChoices
              preview={data}
              choice={choice}
              onChoice={setChoice}
              onMapping={setMapping}
              onClose={onClose}
            />
          ) : null}
          {error ? (
            <Alert
              color={isNothing ? 'blue' : 'red'}
              role="alert"
              {...(isStale ? { title: t('publish.stale') } : {})}
            >
              <Text size="sm" className="any-text">
                {isNothing
                  ? t('publish.nothing')
                  : isStale
                    ? t('publish.staleText')
                    : saved.error
                      ? t('publish.unsaved', { message: messageOf(error) })
                      : messageOf(error)}
              </Text>
              {isStale ? (
                <Button size="xs" mt="xs" variant="default" onClick={() => void lookAgain()}>
                  {t('publish.lookAgain')}
                </Button>
              ) : null}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('publish.cancel')}
            </Button>
            <Button
              disabled={!data || hasErrors || isStale || preview.isFetching}
              loading={publish.isPending}
              onClick={() => data && publish.mutate(data.hash)}
            >
              {t('publish.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
