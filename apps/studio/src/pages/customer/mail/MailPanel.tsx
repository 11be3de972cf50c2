import { Divider, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { mailQuery, type CustomerDetail } from '../customerQueries.ts'
import { MissedMails } from './MissedMails.tsx'
import { NextMails } from './NextMails.tsx'
import { PurposeStanding } from './PurposeStanding.tsx'

/** Whether the customer may be mailed, on what basis, what keeps mails back, and what goes next. */
export function MailPanel({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { data, error, refetch } = useQuery(mailQuery(customer.id))
  if (error && !data)
    return (
      <Panel title={t('mail.title')}>
        <Failure error={error} reset={() => void refetch()} />
      </Panel>
    )
  if (!data)
    return (
      <Panel title={t('mail.title')}>
        <Stack aria-busy="true">
          <Skeleton height={20} />
          <Skeleton height={60} />
        </Stack>
      </Panel>
    )
  const { address, permission, purposes, next, missed } = data
  const basis =
    permission.state === 'subscribed' && permission.basis !== null
      ? t('mail.basis', {
          basis: t(`bases.${permission.basis}`),
          date: permission.since === null ? '–' : formats.date(permission.since),
        })
      : undefined
  return (
    <Panel title={t('mail.title')}>
      <Text size="sm">
        {address.value === null || address.state === 'none'
          ? t('mail.noAddress')
          : t(`mail.address.${address.state}`, { address: address.value })}
        {basis === undefined ? null : ` ${basis}`}
      </Text>
      <PurposeStanding purpose="marketing" standing={purposes.marketing} />
      <Divider />
      <PurposeStanding purpose="transactional" standing={purposes.transactional} />
      <Divider />
      <NextMails next={next} />
      {missed.length > 0 ? (
        <>
          <Divider />
          <MissedMails missed={missed} />
        </>
      ) : null}
    </Panel>
  )
}
