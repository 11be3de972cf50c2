import { Anchor, Stack } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { SubscriptionForm } from './SubscriptionForm.tsx'
import { useSubscriptionActions } from './useSubscriptionActions.ts'

/** Has somebody told of events from now on; what comes then is to try it out. */
export function NewSubscription() {
  const { t } = useTranslation('subscriptions')
  const navigate = useNavigate()
  const { make } = useSubscriptionActions('')
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/settings/webhooks" size="sm" w="fit-content">
        {t('back')}
      </Anchor>
      <Panel title={t('new')} text={t('noneText')}>
        <SubscriptionForm
          isBusy={make.isPending}
          error={make.error}
          onSave={(values) =>
            make.mutate(values, {
              onSuccess: ({ id }) =>
                void navigate({ to: '/settings/{-$part}', params: { part: 'webhooks' }, hash: id }),
            })
          }
        />
      </Panel>
    </Stack>
  )
}
