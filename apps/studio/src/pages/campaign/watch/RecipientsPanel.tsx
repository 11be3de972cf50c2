import { Anchor, Group, Select, Skeleton, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { MoreButton } from '../../../parts/MoreButton.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import {
  recipientsQuery,
  type CampaignFigures,
  type CampaignRecipient,
} from '../../campaigns/campaignQueries.ts'
import { useSkipReason } from './useSkipReason.ts'

/** Those that can be asked for. */
const STATES = [
  'waiting',
  'queued',
  'sent',
  'skipped',
  'refused',
  'failed',
  'expired',
  'dead',
  'unknown',
  'cancelled',
] as const
const ANY = ''

/** Everybody of the audience, with where their mail is and why some get none. */
export function RecipientsPanel({ id, figures }: { id: string; figures: CampaignFigures | undefined }) {
  const { t } = useTranslation('campaigns')
  const reasonOf = useSkipReason()
  const [state, setState] = useState<(typeof STATES)[number] | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    recipientsQuery(id, { state, reason }),
  )
  const figure = state === null ? undefined : figures?.[state]
  const reasons = typeof figure === 'object' ? Object.keys(figure.reasons) : []
  const isCompared = (figures?.variants.length ?? 0) > 1
  const rows = data?.pages.flatMap((page) => page.recipients) ?? []
  return (
    <Panel title={t('recipients.title')}>
      <Group gap="sm" align="flex-end">
        <Select
          label={t('recipients.state')}
          w={{ base: '100%', xs: 220 }}
          data={[
            { value: ANY, label: t('recipients.any') },
            ...STATES.map((one) => ({ value: one, label: t(`watch.states.${one}`) })),
          ]}
          value={state ?? ANY}
          allowDeselect={false}
          onChange={(value) => {
            setState(STATES.find((one) => one === value) ?? null)
            setReason(null)
          }}
        />
        {state === null || reasons.length === 0 ? null : (
          <Select
            label={t('recipients.reason')}
            w={{ base: '100%', xs: 360 }}
            data={[
              { value: ANY, label: t('recipients.any') },
              ...reasons.map((code) => ({
                value: code,
                label: reasonOf(code, state === 'skipped' ? 'refused' : (state as 'failed')),
              })),
            ]}
            value={reason ?? ANY}
            allowDeselect={false}
            onChange={(value) => setReason(value || null)}
          />
        )}
      </Group>
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={240} aria-busy="true" /> : null}
      {data && rows.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {t('recipients.nobody')}
        </Text>
      ) : null}
      {rows.length > 0 ? (
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('recipients.customer')}</Table.Th>
              <Table.Th scope="col">{t('recipients.state')}</Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {t('recipients.variant')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {t('recipients.when')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="md">
                {t('recipients.did')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <RecipientRow key={row.customerId} row={row} isCompared={isCompared} />
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      <MoreButton label={t('list.more')} query={{ hasNextPage, isFetchingNextPage, fetchNextPage }} />
      {state === null ? null : (
        <Text size="xs" c="dimmed">
          {t('recipients.late')}
        </Text>
      )}
    </Panel>
  )
}

function RecipientRow({ row, isCompared }: { row: CampaignRecipient; isCompared: boolean }) {
  const { t } = useTranslation('campaigns')
  const { dateTime } = useFormats()
  const reasonOf = useSkipReason()
  const { customerId, name, email, messageId, state, reason, variant, dueAt, sentAt } = row
  const did = [
    ...(row.clickedAt === null ? [] : [t('recipients.clicked')]),
    ...(row.unsubscribedAt === null ? [] : [t('recipients.unsubscribed')]),
    ...(row.bouncedAt === null ? [] : [t('recipients.bounced')]),
    ...(row.complainedAt === null ? [] : [t('recipients.complained')]),
  ]
  const why = reason === null ? '' : reasonOf(reason, state === 'skipped' ? 'refused' : (state as 'failed'))
  return (
    <Table.Tr>
      <Table.Td maw={0} w="40%">
        <Anchor
          size="sm"
          truncate
          display="block"
          renderRoot={(props) => (
            <Link to="/customers/$customerId" params={{ customerId }} search={{}} {...props} />
          )}
        >
          {name ?? email ?? t('recipients.nameless')}
        </Anchor>
        {name === null || email === null ? null : (
          <Text size="xs" c="dimmed" truncate>
            {email}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{t(`watch.states.${state}`)}</Text>
        {why === '' ? null : (
          <Text size="xs" c="dimmed" className="any-text">
            {why}
          </Text>
        )}
        {messageId === null ? null : (
          <Anchor
            size="xs"
            renderRoot={(props) => <Link to="/messages/$messageId" params={{ messageId }} {...props} />}
          >
            {t('recipients.message')}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{isCompared ? variant : ''}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{state === 'skipped' ? '' : dateTime(sentAt ?? dueAt)}</Text>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm">{did.join(', ')}</Text>
      </Table.Td>
    </Table.Tr>
  )
}
