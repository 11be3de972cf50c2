import { Alert, Badge, Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import { IconActivity, IconPlugConnectedX } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { ActionsMenu } from './actions/ActionsMenu.tsx'
import classes from './CustomerPage.module.css'
import type { CustomerDetail } from './customerQueries.ts'
import { CustomerTabs } from './CustomerTabs.tsx'
import { Figures } from './Figures.tsx'
import { MailPanel } from './mail/MailPanel.tsx'
import { nameOfCustomer } from './nameOfCustomer.ts'
import { ParkedNote } from './ParkedNote.tsx'
import { PredictionPanel } from './PredictionPanel.tsx'
import { RecommendedPanel } from './RecommendedPanel.tsx'
import { SegmentsPanel } from './SegmentsPanel.tsx'
import { StatesPanel } from './states/StatesPanel.tsx'
import type { LiveStanding } from './useCustomerLive.ts'
import { WhoPanel } from './WhoPanel.tsx'

function LiveSign({ standing }: { standing: LiveStanding }) {
  const { t } = useTranslation('customer')
  const isLive = standing === 'live'
  return (
    <Badge
      variant="default"
      size="md"
      tt="none"
      fw={500}
      title={t(isLive ? 'live.on' : 'live.off')}
      data-live={standing}
      leftSection={
        isLive ? <IconActivity size={12} aria-hidden /> : <IconPlugConnectedX size={12} aria-hidden />
      }
    >
      {t(isLive ? 'live.live' : 'live.polling')}
      <VisuallyHidden>{t(isLive ? 'live.on' : 'live.off')}</VisuallyHidden>
    </Badge>
  )
}

/** The page of a customer that is known. */
export function CustomerBody({ customer, standing }: { customer: CustomerDetail; standing: LiveStanding }) {
  const { t } = useTranslation(['customer', 'states'])
  const { merged } = useSearch({ strict: false })
  const { lifecycle, parked } = customer
  const name = nameOfCustomer(customer)
  return (
    <>
      <PageTitle
        title={name ?? t('anonymous')}
        text={
          <Group gap={6} component="span" mt={4}>
            <Badge component="span" variant="light" tt="none">
              {t(`stage.${lifecycle.stage}`, { ns: 'states' })}
            </Badge>
            {lifecycle.value === 'vip' ? (
              <Badge component="span" variant="outline" tt="none">
                {t('value.vip', { ns: 'states' })}
              </Badge>
            ) : null}
            <Badge component="span" variant="default" tt="none">
              {t(`permission.${lifecycle.permission}`, { ns: 'states' })}
            </Badge>
            {customer.email !== null && customer.email !== name ? (
              <Text component="span" size="sm">
                {customer.email}
              </Text>
            ) : null}
          </Group>
        }
        actions={
          <>
            {standing === 'connecting' || standing === 'away' ? null : <LiveSign standing={standing} />}
            <ActionsMenu customer={customer} />
          </>
        }
      />
      <Stack gap="md">
        {merged === undefined || merged === customer.id ? null : (
          <Alert color="blue" title={t('merged.title')} role="status">
            {t('merged.text', { id: merged })}
          </Alert>
        )}
        {parked === null ? null : <ParkedNote id={customer.id} reason={parked} />}
        <Figures customer={customer} />
        <div className={classes['columns']}>
          <Stack gap="md">
            <StatesPanel customer={customer} />
            <MailPanel customer={customer} />
            <WhoPanel customer={customer} />
            <PredictionPanel customer={customer} />
            <RecommendedPanel id={customer.id} />
            <SegmentsPanel customer={customer} />
          </Stack>
          <CustomerTabs customer={customer} />
        </div>
      </Stack>
    </>
  )
}
