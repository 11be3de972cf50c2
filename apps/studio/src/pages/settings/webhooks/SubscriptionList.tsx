import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconPlus, IconWebhook } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { RenewableSecret } from '../keys/RenewableSecret.tsx'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import classes from '../senders/SenderList.module.css'
import { useMayChange } from '../useMayChange.ts'
import { SubscriptionState } from './SubscriptionState.tsx'
import type { Subscription } from './subscriptionsQuery.ts'
import { ToldPanel } from './ToldPanel.tsx'

/** Who is told of events, by which secret they know that it is true, and what was told. */
export function SubscriptionList({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const { t } = useTranslation('subscriptions')
  const { t: tSettings } = useTranslation('settings')
  const mayChange = useMayChange('webhooks')
  const add = mayChange ? (
    <Button
      component={Link}
      to="/settings/webhooks"
      hash="+"
      size="xs"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
    >
      {t('add')}
    </Button>
  ) : null
  return (
    <Stack gap="md">
      {mayChange ? null : <ReadOnlyNote />}
      {subscriptions.length === 0 ? (
        <Empty
          icon={<IconWebhook size={24} stroke={1.6} aria-hidden />}
          title={t('none')}
          text={t('noneText')}
          action={add}
        />
      ) : (
        <Panel title={t('all')} text={t('allText')} actions={add}>
          <Stack gap={0} component="ul" className={classes.list}>
            {subscriptions.map((subscription) => (
              <li key={subscription.id} className={classes.item}>
                <SubscriptionRow subscription={subscription} />
              </li>
            ))}
          </Stack>
        </Panel>
      )}
      {mayChange ? (
        <RenewableSecret
          title={tSettings('secrets.webhooks.title')}
          text={tSettings('secrets.webhooks.text')}
          warning={tSettings('secrets.webhooks.warning')}
          read={async () => (await ask(api.webhooks.secret.$get())).secret}
          renew={async () => (await ask(api.webhooks.secret.renew.$post())).secret}
        />
      ) : null}
      <ToldPanel />
    </Stack>
  )
}

function SubscriptionRow({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions')
  const { id, name, url, events, format } = subscription
  return (
    <UnstyledButton component={Link} to="/settings/webhooks" hash={id} className={classes.link}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <div className={classes.words}>
          <Group gap={6}>
            <Text fw={600} size="sm" truncate maw="100%">
              {name}
            </Text>
            <SubscriptionState subscription={subscription} />
          </Group>
          <Text size="xs" c="dimmed" className="any-text">
            {[
              t(`formats.${format}`),
              new URL(url).host,
              events.length === 0 ? t('everything') : events.join(', '),
            ].join(' · ')}
          </Text>
        </div>
        <IconChevronRight size={18} stroke={1.6} aria-hidden className={classes.arrow} />
      </Group>
    </UnstyledButton>
  )
}
