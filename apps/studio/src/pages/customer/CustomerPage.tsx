import { Stack } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/apiProblem.ts'
import { Empty } from '../../parts/Empty.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { CustomerBody } from './CustomerBody.tsx'
import { customerQuery } from './customerQueries.ts'
import { useCustomerLive } from './useCustomerLive.ts'
import { PageLink } from '../../parts/PageLink.tsx'

/** One customer, and why everything is as it is. */
export function CustomerPage() {
  const { t, i18n } = useTranslation(['customer', 'shell'])
  const { customerId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(customerQuery(customerId, i18n.language))
  const standing = useCustomerLive(customerId, data?.version)

  if (error instanceof ApiProblem && error.status === 404)
    return (
      <>
        <PageTitle title={t('unknown.title')} />
        <Empty
          icon={<IconUserQuestion size={24} stroke={1.6} aria-hidden />}
          title={t('unknown.text')}
          text={t('unknown.why')}
          action={<PageLink to="/customers">{t('unknown.back')}</PageLink>}
        />
      </>
    )
  if (error && !data)
    return (
      <>
        <PageTitle title={t('pages.customers', { ns: 'shell' })} />
        <Failure error={error} reset={() => void refetch()} />
      </>
    )
  if (!data)
    return (
      <Stack>
        <PageTitle title={t('pages.customers', { ns: 'shell' })} />
        <Loading />
      </Stack>
    )
  const { customer } = data
  // Whoever was merged into somebody is that somebody now.
  if (customer.id !== customerId)
    return (
      <Navigate
        to="/customers/$customerId"
        params={{ customerId: customer.id }}
        search={{ merged: customerId }}
        replace
      />
    )
  return <CustomerBody key={customer.id} customer={customer} standing={standing} />
}
