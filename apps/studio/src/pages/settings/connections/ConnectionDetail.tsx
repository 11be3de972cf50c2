import { Alert, Anchor, Button, Checkbox, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useMayChange } from '../useMayChange.ts'
import { ConnectionState } from './ConnectionState.tsx'
import { ConnectionSteps } from './ConnectionSteps.tsx'
import type { Connection } from './connectionsQuery.ts'
import { DeliveriesPanel } from './DeliveriesPanel.tsx'
import { filledIn, SecretFields, type Secrets } from './SecretFields.tsx'
import { PullPanel } from './PullPanel.tsx'
import { useConnectionActions } from './useConnectionActions.ts'

/** One connection: how it stands, what is to be set in the shop's system, and what came in. */
export function ConnectionDetail({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const { dateTime } = useFormats()
  const navigate = useNavigate()
  const mayChange = useMayChange('connections')
  const { change, remove } = useConnectionActions(connection.id)
  const [address, setAddress] = useState(connection.address ?? '')
  const [secrets, setSecrets] = useState<Secrets>({})
  const [knowsIds, setKnowsIds] = useState(connection.knowsIds)
  const { name, platform, active, heardAt, problem, problemAt } = connection
  const failed = change.error ?? remove.error
  const onRemove = () =>
    modals.openConfirmModal({
      title: t('removeTitle', { name }),
      children: <Text size="sm">{t('removeText')}</Text>,
      labels: { confirm: t('remove'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('cancel') },
      onConfirm: () =>
        remove.mutate(undefined, {
          onSuccess: () =>
            void navigate({ to: '/settings/{-$part}', params: { part: 'connections' }, hash: '' }),
        }),
    })
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/settings/connections" size="sm" w="fit-content">
        {t('back')}
      </Anchor>
      <Panel
        title={name}
        text={heardAt === null ? t('neverHeard') : t('heard', { when: dateTime(heardAt) })}
        actions={<ConnectionState connection={connection} />}
      >
        {problem !== null && problemAt !== null && (heardAt === null || heardAt <= problemAt) ? (
          <Alert
            color="orange"
            variant="light"
            title={t('problem', { when: dateTime(problemAt) })}
            className="any-text"
          >
            {problem}
          </Alert>
        ) : null}
        <ConnectionSteps connection={connection} />
        {failed ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {messageOf(failed)}
          </Alert>
        ) : null}
        {mayChange ? (
          <Group justify="space-between">
            <Switch
              label={t('active')}
              checked={active}
              disabled={change.isPending}
              onChange={({ currentTarget }) => change.mutate({ active: currentTarget.checked })}
            />
            <Button variant="subtle" color="red" size="xs" onClick={onRemove}>
              {t('remove')}
            </Button>
          </Group>
        ) : null}
      </Panel>
      {mayChange ? (
        <Panel title={t('access')} text={t('accessText')}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              change.mutate(
                { address: address.trim() === '' ? null : address.trim(), knowsIds, ...filledIn(secrets) },
                {
                  onSuccess: () => {
                    setSecrets({})
                    notifications.show({ message: t('saved'), color: 'green' })
                  },
                },
              )
            }}
          >
            <Stack gap="sm">
              {platform === 'generic' ? null : (
                <TextInput
                  label={t('address')}
                  description={t(`addressTexts.${platform}`)}
                  maw={480}
                  value={address}
                  onChange={({ currentTarget }) => setAddress(currentTarget.value)}
                />
              )}
              <SecretFields
                platform={platform}
                values={secrets}
                onChange={setSecrets}
                error={change.error}
                isNew={false}
              />
              <Checkbox
                label={t('knowsIds')}
                description={t('knowsIdsText')}
                checked={knowsIds}
                onChange={({ currentTarget }) => setKnowsIds(currentTarget.checked)}
              />
              <Button type="submit" variant="default" w="fit-content" loading={change.isPending}>
                {t('save')}
              </Button>
            </Stack>
          </form>
        </Panel>
      ) : null}
      {platform === 'generic' ? null : <PullPanel id={connection.id} canPull={connection.canPull} />}
      <DeliveriesPanel id={connection.id} />
    </Stack>
  )
}
