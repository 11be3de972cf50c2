import { Badge, Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../../api/ask.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { PageLink } from '../../../../parts/PageLink.tsx'
import { runsApi } from '../../../customer/customerApi.ts'
import { useRunEnds } from '../../../customer/tabs/useRunEnds.ts'
import { useJourneyChange } from '../../../journeys/useJourneyChange.ts'
import { useMayChange } from '../../../segments/useMayChange.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import type { ListedRun } from '../panelQueries.ts'

/** One customer who is in the journey, or was: who, since when, and a way to end it for them. */
export function RunRow({ run }: { run: ListedRun }) {
  const { t } = useTranslation('journey')
  const { t: word } = useTranslation('customer')
  const formats = useFormats()
  const endOf = useRunEnds()
  const mayChange = useMayChange()
  const { definition } = useJourneyEditing()
  const name = run.customerName ?? t('panels.visitor')
  const end = useJourneyChange(
    () => ask(runsApi[':id'].$delete({ param: { id: encodeURIComponent(run.id) } })),
    () => word('journeys.ended', { name: definition.name }),
  )
  const confirm = () =>
    modals.openConfirmModal({
      title: word('journeys.endTitle', { name: definition.name }),
      children: <Text size="sm">{word('journeys.endText')}</Text>,
      labels: { confirm: word('journeys.end'), cancel: word('actions.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => end.mutate(),
    })
  const since = run.endedAt ?? run.stepSince
  return (
    <Group
      component="li"
      justify="space-between"
      gap="sm"
      wrap="nowrap"
      py={6}
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <div style={{ minWidth: 0 }}>
        <PageLink
          to="/customers/$customerId"
          params={{ customerId: run.customerId }}
          size="sm"
          truncate
          display="block"
          title={name}
        >
          {name}
        </PageLink>
        <Text size="xs" c="dimmed" truncate>
          {run.endedAt === null
            ? t('panels.live.since', { when: formats.dateTime(since) })
            : `${endOf(run.endReason)} · ${formats.dateTime(since)}`}
          {run.key === null ? '' : ` · ${run.key}`}
        </Text>
      </div>
      <Group gap={6} wrap="nowrap" style={{ flexShrink: 0 }}>
        {run.heldSince === null ? null : (
          <Badge size="sm" color="orange" variant="light" c="var(--mantine-color-text)" tt="none">
            {t('panels.live.held')}
          </Badge>
        )}
        {mayChange && run.endedAt === null ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={end.isPending}
            onClick={confirm}
            aria-label={t('panels.live.endFor', { name })}
          >
            {t('panels.live.end')}
          </Button>
        ) : null}
      </Group>
    </Group>
  )
}
