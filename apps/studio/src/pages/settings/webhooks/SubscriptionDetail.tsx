import { Alert, Anchor, Button, Group, Stack, Switch, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useMayChange } from '../useMayChange.ts'
import { SubscriptionForm } from './SubscriptionForm.tsx'
import { SubscriptionState } from './SubscriptionState.tsx'
import { changeOf, valuesOf } from './subscriptionValues.ts'
import type { Subscription } from './subscriptionsQuery.ts'
import { TestButton } from './TestButton.tsx'
import { ToldPanel } from './ToldPanel.tsx'
import { useSubscriptionActions } from './useSubscriptionActions.ts'

/** One subscription: how it stands, what it is told, and what it was told. */
export function SubscriptionDetail({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions')
  const { dateTime } = useFormats()
  const navigate = useNavigate()
  const mayChange = useMayChange('webhooks')
  const { id, name, url, format, active, failingSince, problem, problemAt } = subscription
  const { change, remove, replayAll } = useSubscriptionActions(id)
  const failed = remove.error ?? replayAll.error
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
            void navigate({ to: '/settings/{-$part}', params: { part: 'webhooks' }, hash: '' }),
        }),
    })
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/settings/webhooks" size="sm" w="fit-content">
        {t('back')}
      </Anchor>
      <Panel
        title={name}
        text={`${t(`formats.${format}`)} · ${new URL(url).host}`}
        actions={<SubscriptionState subscription={subscription} />}
      >
        {active ? null : (
          <Alert color="gray" variant="light">
            {t('off')}
          </Alert>
        )}
        {problem !== null && problemAt !== null ? (
          <Alert
            color="orange"
            variant="light"
            title={
              failingSince === null
                ? t('problem', { when: dateTime(problemAt) })
                : t('failing', { when: dateTime(failingSince) })
            }
            className="any-text"
          >
            {problem}
          </Alert>
        ) : null}
        {failed ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {messageOf(failed)}
          </Alert>
        ) : null}
        {mayChange ? (
          <>
            <Group justify="space-between">
              <Switch
                label={t('active')}
                checked={active}
                disabled={change.isPending}
                onChange={({ currentTarget }) =>
                  change.mutate(changeOf(valuesOf(subscription), currentTarget.checked))
                }
              />
              <Button variant="subtle" color="red" size="xs" onClick={onRemove}>
                {t('remove')}
              </Button>
            </Group>
            <TestButton id={id} />
          </>
        ) : null}
      </Panel>
      {mayChange ? (
        <Panel title={t('edit')}>
          <SubscriptionForm
            key={subscription.updatedAt}
            subscription={subscription}
            isBusy={change.isPending}
            error={change.error}
            onSave={(values) =>
              change.mutate(values, {
                onSuccess: () => notifications.show({ message: t('saved'), color: 'green' }),
              })
            }
          />
        </Panel>
      ) : null}
      <ToldPanel
        subscription={id}
        {...(mayChange && active
          ? {
              replayAll: () =>
                replayAll.mutate(undefined, {
                  onSuccess: ({ replayed }) =>
                    notifications.show({
                      message: t('log.replayedAll', { count: replayed }),
                      color: 'green',
                    }),
                }),
            }
          : {})}
      />
    </Stack>
  )
}
