import { Alert, Anchor, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import { useMayChange } from '../useMayChange.ts'
import { GoLivePanel } from './GoLivePanel.tsx'
import { LimitsPanel } from './LimitsPanel.tsx'
import { RecordsPanel } from './RecordsPanel.tsx'
import { SenderForm } from './SenderForm.tsx'
import { SenderStatus } from './SenderStatus.tsx'
import type { Sender } from './sendersQuery.ts'
import { useSenderActions } from './useSenderActions.ts'

const FIGURES = ['sent', 'deferred', 'bounced', 'blocked', 'complained'] as const

/** One sender: how it does, what is published of it, and what can be done with it. */
export function SenderDetail({ sender }: { sender: Sender }) {
  const { t } = useTranslation(['settings', 'states'])
  const { number } = useFormats()
  const navigate = useNavigate()
  const mayChange = useMayChange('senders')
  const mayCare = useMayChange('sendersCare')
  const actions = useSenderActions(sender.id)
  const { stop, resume, remove, save } = actions
  const failed = [stop, resume, remove].find(({ error }) => error)?.error
  const confirm = (what: 'stop' | 'remove', go: () => void) =>
    modals.openConfirmModal({
      title: t(`senders.${what}.title`),
      children: <Text size="sm">{t(`senders.${what}.text`)}</Text>,
      labels: { confirm: t(`senders.${what}.confirm`), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('close') },
      onConfirm: go,
    })
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/settings/senders" size="sm" w="fit-content">
        {t('senders.back')}
      </Anchor>
      {mayChange ? null : <ReadOnlyNote />}
      <Panel
        title={sender.from.address}
        actions={<SenderStatus status={sender.status} />}
        text={`${t(`purpose.${sender.purpose}`, { ns: 'states' })} · ${sender.server?.host ?? t('senders.installation')}`}
      >
        {sender.reason === null ? null : (
          <Alert color="red" variant="light" p="sm">
            {sender.reason}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 2, xs: 3, sm: 5 }} spacing="sm">
          {FIGURES.map((figure) => (
            <div key={figure}>
              <Text size="xs" c="dimmed">
                {t(`senders.day.${figure}`)}
              </Text>
              <Text fw={600} className="figure">
                {number(sender.day[figure])}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        {failed ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {messageOf(failed)}
          </Alert>
        ) : null}
        {mayCare ? (
          <Group gap="xs">
            {sender.status === 'live' ? (
              <Button
                size="xs"
                variant="default"
                loading={stop.isPending}
                onClick={() => confirm('stop', () => stop.mutate(''))}
              >
                {t('senders.stop.confirm')}
              </Button>
            ) : null}
            {mayChange && sender.status === 'stopped' ? (
              <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
                {t('senders.resume')}
              </Button>
            ) : null}
            {!mayChange || sender.isInstallation || sender.status === 'live' ? null : (
              <Button
                size="xs"
                variant="default"
                loading={remove.isPending}
                onClick={() =>
                  confirm('remove', () =>
                    remove.mutate(undefined, {
                      onSuccess: () =>
                        void navigate({ to: '/settings/{-$part}', params: { part: 'senders' } }),
                    }),
                  )
                }
              >
                {t('senders.remove.confirm')}
              </Button>
            )}
          </Group>
        ) : null}
      </Panel>
      <RecordsPanel sender={sender} actions={actions} mayCheck={mayCare} mayChange={mayChange} />
      {mayCare ? <GoLivePanel sender={sender} actions={actions} mayGoLive={mayChange} /> : null}
      {sender.isInstallation ? null : (
        <>
          <LimitsPanel sender={sender} actions={actions} mayChange={mayChange} />
          <Panel title={t('senders.identity')}>
            <SenderForm
              // Saved, it is another one: its secrets are gone from the page.
              key={`${sender.from.address} ${JSON.stringify(sender.server)} ${sender.replyTo} ${sender.status}`}
              sender={sender}
              problem={save.error}
              isSaving={save.isPending}
              isReadOnly={!mayChange || sender.status === 'live'}
              onSave={(change) => save.mutate(change)}
            />
          </Panel>
        </>
      )}
    </Stack>
  )
}
