import { Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { StatusBadge } from '../../../parts/StatusBadge.tsx'
import { useMayChange } from '../useMayChange.ts'

const COLORS = { waiting: 'blue', running: 'blue', done: 'green', failed: 'red', stopped: 'gray' } as const
/** While it runs it is looked at this often: milliseconds. */
const LOOK = 2_000

const isOpen = ({ state }: { state: string }) => state === 'waiting' || state === 'running'

/** The shop's past: how far it has come, with what nothing could be made of. */
export function PullPanel({ id, canPull }: { id: string; canPull: boolean }) {
  const { t } = useTranslation('connections')
  const { number, dateTime } = useFormats()
  const mayChange = useMayChange('connections')
  const client = useQueryClient()
  const one = api.pulls[':id'].pulls
  const queryKey = ['connections', id, 'pulls']
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => ask(one.$get({ param: { id } })),
    refetchInterval: ({ state }) => (state.data?.pulls.some(isOpen) ? LOOK : false),
  })
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey }) }
  const start = useMutation({
    mutationFn: (resume: boolean) => ask(one.$post({ param: { id } }, withBody({ resume }))),
    ...settle,
  })
  const stop = useMutation({ mutationFn: () => ask(one.stop.$post({ param: { id } })), ...settle })
  const pulls = data?.pulls ?? []
  const isRunning = pulls.some(isOpen)
  const isBroken = pulls.some(({ state }) => state === 'failed' || state === 'stopped')
  const failed = error ?? start.error ?? stop.error
  const [first] = pulls
  return (
    <Panel
      title={t('pull.title')}
      text={first ? t('pull.since', { when: dateTime(first.startedAt) }) : t('pull.text')}
      actions={
        mayChange ? (
          <Group gap="xs">
            {isRunning ? (
              <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate()}>
                {t('pull.stop')}
              </Button>
            ) : (
              <>
                {isBroken ? (
                  <Button size="xs" loading={start.isPending} onClick={() => start.mutate(true)}>
                    {t('pull.resume')}
                  </Button>
                ) : null}
                <Button
                  variant="default"
                  size="xs"
                  disabled={!canPull}
                  loading={start.isPending}
                  onClick={() => start.mutate(false)}
                >
                  {t('pull.start')}
                </Button>
              </>
            )}
          </Group>
        ) : null
      }
    >
      {canPull ? null : (
        <Text size="sm" c="dimmed">
          {t('pull.needs')}
        </Text>
      )}
      {failed ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(failed)}
        </Alert>
      ) : null}
      {pulls.map(({ resource, state, read, total, applied, refused, problems }) => (
        <Stack key={resource} gap={4}>
          <Group justify="space-between" gap="xs">
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {t(`pull.resources.${resource}`)}
              </Text>
              <StatusBadge color={COLORS[state]}>{t(`pull.states.${state}`)}</StatusBadge>
            </Group>
            <Text size="xs" c="dimmed">
              {[
                total === null
                  ? t('pull.read', { read: number(read) })
                  : t('pull.readOf', { read: number(Math.min(read, total)), total: number(total) }),
                t('pull.applied', { applied: number(applied) }),
                ...(refused > 0 ? [t('pull.refused', { refused: number(refused) })] : []),
              ].join(' · ')}
            </Text>
          </Group>
          <Progress
            value={state === 'done' ? 100 : total ? Math.min(100, (100 * read) / total) : 0}
            aria-label={t(`pull.resources.${resource}`)}
            color={COLORS[state]}
            animated={state === 'running'}
          />
          {problems.length > 0 ? (
            <List size="xs" spacing={2} c="dimmed">
              {problems.map((problem) => (
                <List.Item key={problem} className="any-text">
                  {problem}
                </List.Item>
              ))}
            </List>
          ) : null}
        </Stack>
      ))}
    </Panel>
  )
}
