import { Alert, Button, Code, Group, ScrollArea, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { StatusBadge } from '../../../parts/StatusBadge.tsx'
import { useMayChange } from '../useMayChange.ts'
import { toldDetailQuery, type Told } from './subscriptionsQuery.ts'
import { useReplay } from './useSubscriptionActions.ts'

const COLORS = {
  queued: 'blue',
  sending: 'blue',
  delivered: 'green',
  refused: 'orange',
  dead: 'red',
} as const

/** One thing that a server was told: what became of it, what it says, and once more. */
export function ToldRow({ told }: { told: Told }) {
  const { t } = useTranslation('subscriptions')
  const { dateTime } = useFormats()
  const mayReplay = useMayChange('webhooks')
  const replay = useReplay()
  const [isOpen, setOpen] = useState(false)
  const { id, url, state, reason, status, attempts, event, journey, step, createdAt, dueAt } = told
  const what = event ?? t('log.journey', { journey: journey ?? '', step: step ?? '' })
  const which = t('log.bodyOf', { event: what, when: dateTime(createdAt) })
  const facts = [
    URL.canParse(url) ? new URL(url).host : url,
    ...(attempts > 0 ? [t('log.attempts', { count: attempts })] : []),
    ...(status !== null && reason === null ? [t('answered', { status })] : []),
    ...(dueAt !== null && attempts > 0 ? [t('log.next', { when: dateTime(dueAt) })] : []),
  ]
  return (
    <Stack gap={4} py={8}>
      <Group gap={8} justify="space-between">
        <Group gap={8}>
          <StatusBadge color={COLORS[state]}>{t(`log.states.${state}`)}</StatusBadge>
          <Text size="sm" className="any-text">
            {what}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {dateTime(createdAt)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" className="any-text">
        {facts.join(' · ')}
      </Text>
      {reason === null ? null : (
        <Text size="xs" className="any-text">
          {reason}
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={isOpen}
          aria-label={`${t(isOpen ? 'log.hide' : 'log.show')}: ${which}`}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'log.hide' : 'log.show')}
        </Button>
        {mayReplay && state !== 'queued' && state !== 'sending' ? (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={replay.isPending}
            aria-label={`${t('log.replay')}: ${which}`}
            onClick={() => replay.mutate(id)}
          >
            {t('log.replay')}
          </Button>
        ) : null}
      </Group>
      {replay.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(replay.error)}
        </Alert>
      ) : null}
      {isOpen ? <ToldBody id={id} /> : null}
    </Stack>
  )
}

function ToldBody({ id }: { id: string }) {
  const { t } = useTranslation('subscriptions')
  const { data, error } = useQuery(toldDetailQuery(id))
  if (error)
    return (
      <Alert color="red" variant="light" role="alert" p="xs">
        {messageOf(error)}
      </Alert>
    )
  if (!data) return <Skeleton height={80} aria-busy="true" />
  return (
    <ScrollArea.Autosize
      mah={320}
      viewportProps={{ tabIndex: 0, 'aria-label': t('log.body'), role: 'region' }}
    >
      <Code block>{JSON.stringify(data.body, null, 2)}</Code>
    </ScrollArea.Autosize>
  )
}
