import { Alert, Code, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { MoreButton } from '../../../parts/MoreButton.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { StatusBadge } from '../../../parts/StatusBadge.tsx'
import classes from '../senders/SenderList.module.css'
import { deliveriesQuery, type Delivery } from './connectionsQuery.ts'

const STATES = ['taken', 'ignored', 'refused'] as const
const COLORS = { taken: 'green', ignored: 'gray', refused: 'orange' } as const

/** What came from the shop's system, and what was made of it. */
export function DeliveriesPanel({ id }: { id: string }) {
  const { t } = useTranslation('connections')
  const [state, setState] = useState<Delivery['state'] | null>(null)
  const query = useInfiniteQuery(deliveriesQuery(id, state))
  const deliveries = query.data?.pages.flatMap((page) => page.deliveries)
  return (
    <Panel
      title={t('deliveries.title')}
      text={t('deliveries.text')}
      actions={
        <NativeSelect
          size="xs"
          aria-label={t('deliveries.filter')}
          value={state ?? ''}
          onChange={({ currentTarget }) =>
            setState(STATES.find((one) => one === currentTarget.value) ?? null)
          }
          data={[
            { value: '', label: t('deliveries.all') },
            ...STATES.map((one) => ({ value: one, label: t(`deliveries.states.${one}`) })),
          ]}
        />
      }
    >
      {query.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(query.error)}
        </Alert>
      ) : null}
      {deliveries === undefined && !query.error ? <Skeleton height={120} aria-busy="true" /> : null}
      {deliveries?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('deliveries.none')}
        </Text>
      ) : null}
      {deliveries && deliveries.length > 0 ? (
        <Stack gap={0} component="ul" className={classes.list}>
          {deliveries.map((delivery) => (
            <li key={delivery.id} className={classes.item}>
              <DeliveryRow delivery={delivery} />
            </li>
          ))}
        </Stack>
      ) : null}
      <MoreButton label={t('deliveries.more')} query={query} />
    </Panel>
  )
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('connections')
  const { dateTime } = useFormats()
  const { topic, state, reason, events, products, receivedAt } = delivery
  return (
    <Stack gap={2} py={6}>
      <Group gap={8} justify="space-between">
        <Group gap={8}>
          <StatusBadge color={COLORS[state]}>{t(`deliveries.states.${state}`)}</StatusBadge>
          <Code>{topic}</Code>
        </Group>
        <Text size="xs" c="dimmed">
          {dateTime(receivedAt)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" className="any-text">
        {reason ??
          [
            ...(events > 0 ? [t('deliveries.events', { count: events })] : []),
            ...(products > 0 ? [t('deliveries.products', { count: products })] : []),
          ].join(', ')}
      </Text>
    </Stack>
  )
}
