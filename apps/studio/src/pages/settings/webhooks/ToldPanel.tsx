import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { MoreButton } from '../../../parts/MoreButton.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import classes from '../senders/SenderList.module.css'
import { toldQuery, type Told } from './subscriptionsQuery.ts'
import { ToldRow } from './ToldRow.tsx'

const STATES = [
  'queued',
  'sending',
  'delivered',
  'refused',
  'dead',
] as const satisfies readonly Told['state'][]

/** What other servers were told, and what they answered. */
export function ToldPanel({ subscription, replayAll }: { subscription?: string; replayAll?: () => void }) {
  const { t } = useTranslation('subscriptions')
  const [state, setState] = useState<Told['state'] | null>(null)
  const query = useInfiniteQuery(toldQuery(subscription, state))
  const told = query.data?.pages.flatMap((page) => page.webhooks)
  return (
    <Panel
      title={t('log.title')}
      text={subscription === undefined ? `${t('logText')} ${t('log.text')}` : t('log.text')}
      actions={
        <NativeSelect
          size="xs"
          aria-label={t('log.filter')}
          value={state ?? ''}
          onChange={({ currentTarget }) =>
            setState(STATES.find((one) => one === currentTarget.value) ?? null)
          }
          data={[
            { value: '', label: t('log.every') },
            ...STATES.map((one) => ({ value: one, label: t(`log.states.${one}`) })),
          ]}
        />
      }
    >
      {query.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(query.error)}
        </Alert>
      ) : null}
      {told === undefined && !query.error ? <Skeleton height={120} aria-busy="true" /> : null}
      {told?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('log.none')}
        </Text>
      ) : null}
      {told && told.length > 0 ? (
        <Stack gap={0} component="ul" className={classes.list}>
          {told.map((one) => (
            <li key={one.id} className={classes.item}>
              <ToldRow told={one} />
            </li>
          ))}
        </Stack>
      ) : null}
      <Group gap="sm">
        <MoreButton label={t('log.more')} query={query} />
        {replayAll && told?.some((one) => one.state === 'dead' || one.state === 'refused') ? (
          <Button mt="sm" variant="default" onClick={replayAll}>
            {t('log.replayAll')}
          </Button>
        ) : null}
      </Group>
    </Panel>
  )
}
